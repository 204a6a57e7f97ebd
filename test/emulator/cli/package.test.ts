import { execFileSync, spawn } from "node:child_process";
import {
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

const PACKAGE = resolve("build/package");

function npm(cwd: string, ...args: string[]): string {
	const options = { cwd, encoding: "utf8", stdio: "pipe" } as const;
	return execFileSync("npm", args, options);
}

/** A folder in which the tarball was installed. */
function install(): string {
	const home = mkdtempSync(join(tmpdir(), "installed-"));
	onTestFinished(() => rmSync(home, { recursive: true }));
	writeFileSync(join(home, "package.json"), "{}");
	const { version } = JSON.parse(readFileSync("package.json", "utf8"));
	const tarball = resolve(`build/appconfig-emulator-${version}.tgz`);
	npm(home, "install", "--offline", "--no-audit", "--no-fund", tarball);
	return home;
}

describe("The package", () => {
	beforeAll(() => {
		execFileSync(process.execPath, ["scripts/run.mjs", "pack"], {
			stdio: "pipe",
		});
	}, 300_000);

	test("contains what the command needs and nothing else", () => {
		expect(readdirSync(PACKAGE).sort()).toEqual([
			"LICENSE",
			"README.md",
			"emulator",
			"emulator-clients.md",
			"examples",
			"flags",
			"node_modules",
			"package.json",
		]);
		const files = ["emulator", "flags"]
			.flatMap((folder) =>
				readdirSync(join(PACKAGE, folder), { recursive: true }).map((file) =>
					join(folder, String(file)),
				),
			)
			.filter((file) => file.includes("."));
		expect(files.filter((file) => !file.endsWith(".js"))).toEqual([]);
		const imported = files.flatMap((file) => {
			const code = readFileSync(join(PACKAGE, file), "utf8");
			return [
				...code.matchAll(/^import .*?from "([^"]+)"|\brequire\("([^"]+)"\)/gms),
			].map(([, from, required]) => from ?? required ?? "");
		});
		const foreign = imported.filter((name) => !/^(node:|\.)/.test(name));
		expect(new Set(foreign)).toEqual(new Set(["ajv", "ion-js", "re2js"]));
	});

	test("installs offline and runs by its name", async () => {
		const home = install();
		// Offline npm finds the installed one, or nothing.
		const npx = ["exec", "--offline", "--", "appconfig-emulator"];
		expect(() => npm(home, ...npx)).toThrow("appconfig-emulator init");
		expect(npm(home, ...npx, "--help")).toContain("appconfig-emulator init");
		npm(home, ...npx, "init");
		const cli = join(home, "node_modules/.bin/appconfig-emulator");
		const child = spawn(cli, ["--port", "0"], { cwd: home });
		onTestFinished(() => void child.kill());
		const line = await new Promise<string>((done) => {
			createInterface(child.stdout).once("line", done);
		});
		const reply = await fetch(
			`${line.split(" ").at(-1)}/applications/shop/environments/development/configurations/flags`,
			{ headers: { context: "country=uk" } },
		);
		expect(await reply.json()).toEqual({
			checkout: { _variant: "UK", enabled: true, discount: 10 },
		});
	}, 300_000);
});
