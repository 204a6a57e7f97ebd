import { createHash, createHmac } from "node:crypto";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createSigningHash } from "../../../src/background/http/signing-hash.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const request = (token: string) => ({
	method: "GET",
	protocol: "https:",
	hostname: "appconfigdata.us-east-1.amazonaws.com",
	path: "/configuration",
	query: { configuration_token: token },
	headers: { host: "appconfigdata.us-east-1.amazonaws.com" },
});

function createSigner(sha256: typeof Sha256) {
	return new SignatureV4({
		service: "appconfig",
		region: "us-east-1",
		credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
		sha256,
	});
}

async function sign(signer: SignatureV4, token: string, day: number) {
	const signingDate = new Date(Date.UTC(2026, 0, day));
	const { headers } = await signer.sign(request(token), { signingDate });
	return headers.authorization;
}

describe("the signer's hash", () => {
	afterEach(() => {
		vi.restoreAllMocks();
	});

	it("is SHA-256, of nothing too", async () => {
		for (const text of ["", "abc", "ü".repeat(1_000)]) {
			const hash = new (createSigningHash())();
			hash.update(bytes(text));
			expect(Buffer.from(await hash.digest())).toEqual(
				createHash("sha256").update(text).digest(),
			);
		}
	});

	it("is HMAC where there is a secret, also the second time and for other data", async () => {
		const SigningHash = createSigningHash();
		for (const secret of ["key", bytes("key"), bytes("other key")])
			for (const text of ["one", "one", "two"]) {
				const hash = new SigningHash(secret);
				hash.update(bytes(text));
				expect(Buffer.from(await hash.digest())).toEqual(
					createHmac("sha256", secret).update(text).digest(),
				);
			}
	});

	it("signs as the SDK's own does, call after call and day after day", async () => {
		const [ours, theirs] = [
			createSigner(createSigningHash() as typeof Sha256),
			createSigner(Sha256),
		];
		for (const day of [1, 1, 2])
			for (const token of ["first+/=", "second"])
				expect(await sign(ours, token, day)).toBe(
					await sign(theirs, token, day),
				);
	});

	it("asks WebCrypto twice for a signature, once there was one", async () => {
		const signer = createSigner(createSigningHash() as typeof Sha256);
		await sign(signer, "first", 3);
		const asked = (["digest", "sign", "importKey"] as const).map((name) =>
			vi.spyOn(crypto.subtle, name),
		);
		await sign(signer, "second", 3);
		expect(asked.map((spy) => spy.mock.calls.length)).toEqual([1, 1, 0]);
	});
});
