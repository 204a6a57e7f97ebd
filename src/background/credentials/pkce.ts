// Proof Key for Code Exchange: https://www.rfc-editor.org/rfc/rfc7636

export interface Verifier {
	readonly verifier: string;
	/** Its SHA-256, which is all that the authorize page gets to see. */
	readonly challenge: string;
}

export async function createVerifier(): Promise<Verifier> {
	const verifier = base64Url(crypto.getRandomValues(new Uint8Array(48)));
	const digest = await crypto.subtle.digest(
		"SHA-256",
		new TextEncoder().encode(verifier),
	);
	return { verifier, challenge: base64Url(new Uint8Array(digest)) };
}

export function base64Url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replace(/=+$/, "");
}
