// The permissions in manifest.json. Each needs its reason in ARCHITECTURE.md.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../../manifest.json" with { type: "json" };
import { fromRoot } from "../../scripts/paths.ts";

test("it asks for storage that is not evicted and for alarms, and for no host but loopback", () => {
	expect(manifest.manifest_version).toBe(3);
	expect(manifest.permissions).toEqual([
		"storage",
		"unlimitedStorage",
		"alarms",
	]);
	expect(manifest.optional_permissions).toEqual(["idle", "notifications"]);
	expect(manifest.host_permissions).toEqual([
		"http://127.0.0.1/*",
		"http://localhost/*",
	]);
	expect(manifest.optional_host_permissions).toEqual(["https://*/*"]);
});

test("no page and no other extension reaches into it", () => {
	expect(manifest.externally_connectable).toEqual({ ids: [] });
	for (const opening of [
		"content_scripts",
		"web_accessible_resources",
		"sandbox",
		"oauth2",
	])
		expect(Object.keys(manifest)).not.toContain(opening);
});

test("its pages run their own scripts only, and none out of a text", () => {
	const policy = new Map(
		manifest.content_security_policy.extension_pages
			.split("; ")
			.map((directive) => {
				const [name = "", ...values] = directive.split(" ");
				return [name, values.join(" ")];
			}),
	);
	expect(Object.fromEntries(policy)).toEqual({
		"default-src": "'none'",
		"script-src": "'self'",
		"style-src": "'self'",
		"img-src": "'self'",
		"connect-src": "https: http://localhost:* http://127.0.0.1:*",
		"worker-src": "'self'",
		"frame-ancestors": "devtools:",
		"base-uri": "'none'",
		"form-action": "'none'",
		"object-src": "'none'",
		"require-trusted-types-for": "'script'",
		"trusted-types": "workers",
	});
});

test("its id is the one that README.md names", () => {
	const hash = createHash("sha256")
		.update(Buffer.from(manifest.key, "base64"))
		.digest("hex");
	const id = [...hash.slice(0, 32)]
		.map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
		.join("");
	expect(readFileSync(fromRoot("README.md"), "utf8")).toContain(id);
});

test("it runs from the Chrome on for which it is built", () => {
	const config = readFileSync(fromRoot("vite.config.ts"), "utf8");
	expect(config).toContain(
		`target: "chrome${manifest.minimum_chrome_version}"`,
	);
});
