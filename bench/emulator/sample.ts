// The bytes that every server under test sends: an unchanged poll, and one with 100 KB.
import { createHash } from "node:crypto";

export type Kind = "unchanged" | "100 KB";

export const BODIES: Readonly<Record<Kind, Buffer>> = {
	unchanged: Buffer.alloc(0),
	"100 KB": Buffer.from(JSON.stringify({ text: "x".repeat(100_000 - 11) })),
};

/** As long as the emulator's tokens, encoded and not, so that all servers receive requests of the same length. */
export const TOKEN = `AYADe${Array.from({ length: 18 }, (_, block) =>
	createHash("sha512").update(`${block}`).digest("base64").slice(0, 84),
)
	.join("")
	.slice(0, 1103)}`;

/** Alternating names and values, without the headers that node:http adds. */
export function toHeaders(kind: Kind): string[] {
	return [
		"Next-Poll-Configuration-Token",
		TOKEN,
		"Next-Poll-Interval-In-Seconds",
		"60",
		"Content-Type",
		kind === "unchanged" ? "application/octet-stream" : "application/json",
		"x-amzn-RequestId",
		"a8db1e15-7ecd-4241-a458-a4f6dec3996b",
		"Content-Length",
		String(BODIES[kind].length),
	];
}
