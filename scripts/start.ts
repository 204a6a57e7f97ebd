// npm start: opens a browser with the extension, an emulator, one profile per example, and a page with the first steps.
import type { BrowserContext, Page } from "playwright";
import { type BrowserProgram, findBrowser } from "./browser/find.ts";
import { launch, openStage } from "./browser/launch.ts";
import { saveProfile } from "./browser/wire.ts";
import { bundle } from "./build/bundle.ts";
import { readArguments, refuse } from "./command-line.ts";
import { hasDisplay } from "./display.ts";
import { compileEmulator, startEmulator } from "./emulator-process.ts";
import { listExamples } from "./examples.ts";
import { fromRoot } from "./paths.ts";
import { type Lifetime, live } from "./shutdown.ts";
import { showInTerminal } from "./terminal.ts";
import { serveWelcome } from "./welcome.ts";

/** Poll interval in seconds, short so that an edit shows soon. */
const POLL_INTERVAL = "2";
const USAGE = "npm start [-- --seconds N]";
const EDIT_THIS = "examples/storefront/development/settings.json";

process.exit(await live(toSeconds(), start));

function toSeconds(): number {
	const { values } = readArguments(USAGE, {
		options: { seconds: { type: "string" } },
	});
	const seconds = Number(values.seconds ?? Number.POSITIVE_INFINITY);
	if (seconds > 0) return seconds;
	return refuse(USAGE, "--seconds takes a number above 0");
}

async function start(lifetime: Lifetime): Promise<void> {
	console.log("Building the extension …");
	await Promise.all([bundle(), compileEmulator()]);
	const headless = !hasDisplay();
	const program = await findBrowser({ branded: !headless });
	const args = ["examples", "--poll-interval", POLL_INTERVAL];
	const emulator = await startEmulator(args, lifetime.say);
	lifetime.onEnd(emulator.stop);
	const welcome = await serveWelcome({
		file: fromRoot(EDIT_THIS),
		emulator: emulator.url,
		...(program.isBranded ? { loadByHand: fromRoot("dist") } : {}),
	});
	lifetime.onEnd(welcome.stop);
	const launching = launch({ program, headless });
	// Registered before it exists: a browser that is killed while it starts leaves the folder behind.
	lifetime.onEnd(() =>
		launching.then(
			({ close }) => close(),
			() => undefined,
		),
	);
	const { context } = await launching;
	context.on("close", lifetime.end);
	const page = context.pages()[0] ?? (await context.newPage());
	await page.goto(welcome.url);
	report(program, emulator.url);
	if (program.isBranded) await loadedByHand(context);
	const stage = await openStage(context);
	await saveExamples(stage, emulator.url);
	if (headless) return showInTerminal({ page, stage, lifetime });
	await stage.close();
	await page.bringToFront();
}

function report({ version, isBranded }: BrowserProgram, url: string): void {
	console.log(`Emulator  ${url}, serving examples/
Browser   ${version}
Edit      ${EDIT_THIS} and save it: version 2 arrives within seconds.
Ctrl-C ends everything.
`);
	if (isBranded)
		console.log(`This Chrome takes extensions by hand only. Three clicks:
  1. open chrome://extensions and switch on "Developer mode"
  2. click "Load unpacked"
  3. choose ${fromRoot("dist")}
`);
}

async function loadedByHand(context: BrowserContext): Promise<void> {
	if (context.serviceWorkers().length > 0) return;
	await context.waitForEvent("serviceworker", { timeout: 0 });
}

async function saveExamples(stage: Page, endpoint: string): Promise<void> {
	// The profile to edit comes first, so that the views select it.
	const examples = [...listExamples()].sort(
		(a, b) => Number(b.file === EDIT_THIS) - Number(a.file === EDIT_THIS),
	);
	for (const { application, environment, configurationProfile } of examples)
		await saveProfile(stage, {
			name: `${configurationProfile} (${environment})`,
			application,
			environment,
			configurationProfile,
			endpoint,
		});
}
