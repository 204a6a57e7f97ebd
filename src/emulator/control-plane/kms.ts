/** The ARN of a key that is named by it; ids and aliases could only be resolved by KMS. */
export function keyArnOf({
	KmsKeyIdentifier,
}: {
	readonly KmsKeyIdentifier?: string;
}): string | undefined {
	// It travels in a header, which carries no other characters.
	return KmsKeyIdentifier &&
		/^arn:[!-9;-~]*:kms:[!-~]*:key\/[!-~]+$/.test(KmsKeyIdentifier)
		? KmsKeyIdentifier
		: undefined;
}
