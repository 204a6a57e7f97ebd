// The extension's id, which Chromium derives from the key in the manifest.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fromRoot } from "../paths.ts";

export const EXTENSION_ID = toExtensionId(readKey());

/** The first 128 bits of the key's SHA-256 as hexadecimal digits, mapped to a–p. */
function toExtensionId(key: string): string {
	const hex = createHash("sha256")
		.update(Buffer.from(key, "base64"))
		.digest("hex")
		.slice(0, 32);
	return [...hex]
		.map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
		.join("");
}

function readKey(): string {
	const manifest: unknown = JSON.parse(
		readFileSync(fromRoot("manifest.json"), "utf8"),
	);
	if (
		typeof manifest !== "object" ||
		manifest === null ||
		!("key" in manifest) ||
		typeof manifest.key !== "string"
	)
		throw new Error(
			"manifest.json has no key, so the extension has no fixed id.",
		);
	return manifest.key;
}
