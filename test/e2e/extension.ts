// The built extension in a real browser, and a user's actions in it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	type BrowserContext,
	expect,
	type Frame,
	type Page,
} from "playwright/test";
import { findBrowser } from "../../scripts/browser/find.ts";
import {
	extensionUrl,
	type Launched,
	launch,
	openStage,
	toStage,
} from "../../scripts/browser/launch.ts";
import { openPanel } from "../../scripts/browser/panel.ts";
import { openPopup } from "../../scripts/browser/popup.ts";
import {
	installExtension,
	uninstallExtension,
} from "../../scripts/browser/unpacked.ts";

/** The popup, the panel or the options: what roles and names are looked up in. */
export type View = Page | Frame;

export interface Extension {
	readonly context: BrowserContext;
	/** A page of the extension that is no view. */
	readonly stage: Page;
	/** Holds the browser's files. */
	readonly userDataDir: string;
	openPopup(): Promise<Page>;
	openPanel(): Promise<Frame>;
	openOptions(): Promise<Page>;
}

/** A host of AWS's that is played by a server on loopback, over TLS with a certificate of the tests' own. */
export interface PlayedHost {
	readonly host: string;
	readonly port: number;
}

// Nothing but loopback can be reached, whatever a test saves.
function networkArgs(played: readonly PlayedHost[]): readonly string[] {
	const rules = [
		...played.map(({ host, port }) => `MAP ${host}:443 127.0.0.1:${port}`),
		"MAP * ~NOTFOUND",
		"EXCLUDE 127.0.0.1",
		"EXCLUDE localhost",
	];
	return [
		`--host-resolver-rules=${rules.join(", ")}`,
		...(played.length > 0 ? ["--ignore-certificate-errors"] : []),
	];
}

/** The browser of one user, who may close it and start it again. */
export interface Browsers {
	/** Starts it; the same user again, after the browser before was closed. */
	start(): Promise<Extension>;
	close(): Promise<void>;
	remove(): Promise<void>;
}

/** `pageUrl` is the page under inspection: anything over http. */
export async function createBrowsers(
	pageUrl: string,
	played: readonly PlayedHost[] = [],
): Promise<Browsers> {
	const userDataDir = await createUser();
	let launched: Launched | undefined;
	let isNew = true;
	async function close(): Promise<void> {
		await launched?.close();
		launched = undefined;
	}
	return {
		start: async () => {
			launched = await launch({
				program: await findBrowser(),
				headless: true,
				userDataDir,
				extraArgs: networkArgs(played),
			});
			if (isNew) await firstPage(launched.context);
			isNew = false;
			const stage = await openStage(launched.context);
			return createExtension(stage, userDataDir, pageUrl);
		},
		close,
		remove: async () => {
			await close();
			await removeUser(userDataDir);
		},
	};
}

/** A browser for many tests, each with an extension that was installed just now: starting one costs as much as a short test. */
export interface SharedBrowser {
	/** `pageUrl` as above. */
	install(pageUrl: string): Promise<Extension>;
	uninstall(): Promise<void>;
	remove(): Promise<void>;
}

export async function createSharedBrowser(
	played: readonly PlayedHost[] = [],
): Promise<SharedBrowser> {
	const userDataDir = await createUser();
	const { context, close } = await launch({
		program: await findBrowser(),
		headless: true,
		userDataDir,
		extension: null,
		extraArgs: networkArgs(played),
	});
	const [first] = context.pages();
	return {
		install: async (pageUrl) => {
			await installExtension(context);
			const stage = await toStage(await firstPage(context));
			await checkNew(stage);
			await emptyClipboard(stage);
			return createExtension(stage, userDataDir, pageUrl);
		},
		uninstall: async () => {
			await uninstallExtension(context);
			for (const page of context.pages())
				if (page !== first) await page.close();
			await context.clearPermissions();
		},
		remove: async () => {
			await close();
			await removeUser(userDataDir);
		},
	};
}

const WELCOME = extensionUrl("src/welcome/index.html");

/** What the extension stores by itself on its first day. */
const STORED_AT_FIRST = ["snapshot", "welcomed"];

/** Nothing of the test before may be there. */
async function checkNew(stage: Page): Promise<void> {
	const found = await stage.evaluate(async () => ({
		stored: Object.keys(await chrome.storage.local.get()),
		granted: (await chrome.permissions.getAll()).origins,
	}));
	expect(STORED_AT_FIRST).toEqual(expect.arrayContaining(found.stored));
	expect(found.granted).toEqual(["http://127.0.0.1/*", "http://localhost/*"]);
}

/** It is the browser's: what the test before has copied would pass for what this one should have. */
async function emptyClipboard(stage: Page): Promise<void> {
	const context = stage.context();
	await context.grantPermissions(["clipboard-write"]);
	await stage.bringToFront();
	await stage.evaluate(() => navigator.clipboard.writeText(""));
	await context.clearPermissions();
}

function createUser(): Promise<string> {
	return mkdtemp(join(tmpdir(), "appconfig-user-"));
}

async function removeUser(userDataDir: string): Promise<void> {
	await rm(userDataDir, { recursive: true, maxRetries: 5 });
}

/** It takes the focus when it opens, and a popup that is open then closes. */
async function firstPage(context: BrowserContext): Promise<Page> {
	const find = () => context.pages().find((page) => page.url() === WELCOME);
	await expect.poll(find, { intervals: [25] }).toBeDefined();
	return find() as Page;
}

function createExtension(
	stage: Page,
	userDataDir: string,
	pageUrl: string,
): Extension {
	const context = stage.context();
	return {
		context,
		stage,
		userDataDir,
		openPopup: () => openPopup(stage),
		openPanel: async () => {
			const page = await context.newPage();
			await page.goto(pageUrl);
			const { frame } = await openPanel(page);
			return frame;
		},
		openOptions: async () => {
			const page = await context.newPage();
			await page.goto(extensionUrl("src/options/index.html"));
			return page;
		},
	};
}
