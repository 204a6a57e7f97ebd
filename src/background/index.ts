// The composition root of the service worker: listeners first, synchronously; whatever they start waits for the stored state.
import browser from "webextension-polyfill";
import { createEngine } from "../core/engine.ts";
import { createLibrary } from "../store/library.ts";
import { ALARM_NAME, createAlarm } from "./alarm.ts";
import { createBadge } from "./badge.ts";
import { sha256 } from "./hash.ts";
import { createKeepsake } from "./keepsake.ts";
import { createSource } from "./source.ts";
import { createVault, type TrustedArea } from "./vault.ts";
import { createViews, type ViewPort } from "./views.ts";

const { alarms, runtime, storage, permissions, action } = browser;
const now = () => Date.now();

browser.alarms.onAlarm.addListener(({ name }) => {
	if (name !== ALARM_NAME) return;
	alarm.rang();
	void engine.wake();
});
// The listeners do nothing but wake the worker: restoring the state arms the alarms, which a restarted browser has lost.
runtime.onStartup.addListener(() => undefined);
runtime.onInstalled.addListener(() => undefined);
permissions.onAdded.addListener(() => void engine.retry("permission-missing"));
runtime.onConnect.addListener((port) => views.accept(port as ViewPort));

// The default, said aloud: tokens and keys are for this extension's own pages and worker. Firefox has no such method.
const session: TrustedArea = storage.session;
void session.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

const vault = createVault({
	local: storage.local,
	session,
	library: createLibrary(),
});
const alarm = createAlarm({ alarms, now, onWake: () => void engine.wake() });
const engine = createEngine({
	source: createSource({
		now,
		credentials: vault.credentials,
		mayCall: (pattern) => permissions.contains({ origins: [pattern] }),
	}),
	vault,
	clock: { now, random: Math.random },
	alarm,
	hash: sha256,
	newId: () => crypto.randomUUID(),
});
const views = createViews({
	engine,
	extensionId: runtime.id,
	onOpenChange: alarm.setViewOpen,
});
engine.subscribe(createBadge(action));
engine.subscribe(createKeepsake(storage.local));
