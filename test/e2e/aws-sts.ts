// A mock of STS: AssumeRole, which replies in XML.

export const ASSUMED_KEYS = {
	accessKeyId: "ASIAQ7CANARYASSUMED9",
	secretAccessKey: "wJalrCanaryAssumed/K7MDENG+bPxRfiCYzExample",
	sessionToken: "IQoJb3JpZ2luX2VjCanaryAssumedToken",
};

export function assumeRole(
	form: string,
	refusal: string | undefined,
	now: number,
): [status: number, xml: string] {
	const asked = new URLSearchParams(form);
	if (refusal)
		return [
			403,
			`<ErrorResponse><Error><Code>${refusal}</Code><Message>User is not authorized to assume ${asked.get("RoleArn")}</Message></Error></ErrorResponse>`,
		];
	const { accessKeyId, secretAccessKey, sessionToken } = ASSUMED_KEYS;
	const expiration = new Date(now + 3_600_000).toISOString();
	return [
		200,
		`<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
	];
}
