/** The ARN of a key that is named by it; ids and aliases could only be resolved by KMS. */
export function toKeyArn({
	KmsKeyIdentifier,
}: {
	readonly KmsKeyIdentifier?: string;
}): string | undefined {
	return KmsKeyIdentifier && /^arn:[^:]*:kms:.*:key\//.test(KmsKeyIdentifier)
		? KmsKeyIdentifier
		: undefined;
}
