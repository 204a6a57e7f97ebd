// The one entry of every npm script: checks Node, installs what is missing, compiles the scripts, runs the one that was asked for.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NODE_MINIMUM = [20, 19];
const root = dirname(dirname(fileURLToPath(import.meta.url)));

process.chdir(root);
endWithNpm();
checkNode();
if (!isInstalled()) install();
compile();
const [name, ...args] = process.argv.slice(2);
const script = join(root, "build/scripts", `${name}.js`);
process.argv = [process.argv[0], script, ...args];
await import(pathToFileURL(script).href);

function checkNode() {
	const [major, minor] = process.versions.node.split(".").map(Number);
	const [wantedMajor, wantedMinor] = NODE_MINIMUM;
	if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor))
		return;
	fail(
		`This needs Node ${NODE_MINIMUM.join(".")} or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org, then run the same command again.`,
	);
}

// Told to end, npm tells its shell, which goes without telling anybody: this would run on with nobody to end it.
function endWithNpm() {
	if (!process.env.npm_execpath) return;
	const parent = process.ppid;
	const look = () => {
		if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
	};
	setInterval(look, 1_000).unref();
}

// npm writes this second lockfile last, when everything is in its place, so it tells an install that was cut short too.
function isInstalled() {
	const wanted = packagesOf("package-lock.json");
	const found = packagesOf("node_modules/.package-lock.json");
	if (!wanted || !found) return false;
	return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
		if (path === "") return true;
		const there = found[path];
		return there
			? there.version === version
			: optional === true || peer === true;
	});
}

function packagesOf(lockfile) {
	try {
		return JSON.parse(readFileSync(join(root, lockfile), "utf8")).packages;
	} catch (error) {
		if (error.code === "ENOENT" || error instanceof SyntaxError)
			return undefined;
		throw error;
	}
}

// Standard output belongs to the command: `npm run emulator` promises its first line.
function install() {
	console.error("Installing dependencies (npm ci) …");
	// Other package managers name themselves there, and know no `ci`.
	const npm = process.env.npm_execpath?.match(/.*npm-cli\.js$/)?.[0];
	// Warnings are about packages that only the benchmarks use; errors are shown.
	const args = [
		"ci",
		"--include=dev",
		"--no-audit",
		"--no-fund",
		"--loglevel=error",
	];
	const [command, ...rest] = npm
		? [process.execPath, npm, ...args]
		: ["npm", ...args];
	run(command, rest, "npm ci failed; its output above says why.");
}

function compile() {
	const tsc = join(root, "node_modules/typescript/bin/tsc");
	run(process.execPath, [tsc, "-b", "scripts"], "scripts/ does not compile.");
}

function run(command, args, reason) {
	const { status, error } = spawnSync(command, args, {
		stdio: ["ignore", 2, 2],
		shell: process.platform === "win32" && command === "npm",
	});
	if (error) fail(`${reason} (${error.message})`);
	if (status !== 0) fail(reason);
}

function fail(message) {
	console.error(message);
	process.exit(1);
}
