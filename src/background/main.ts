// The composition root of the service worker: listeners first, synchronously; whatever they start waits for the stored state.

import { createEngine, type Engine } from "../core/engine.ts";
import type { ConfigurationSource } from "../core/ports.ts";
import { problemsOf } from "../core/shared/storage-problems.ts";
import { createVersionStore } from "../storage/version-store.ts";
import { ALARM_NAME, createAlarm } from "./adapters/alarm.ts";
import { createAutoPause } from "./adapters/auto-pause.ts";
import { type BrowserAction, createBadge } from "./adapters/badge.ts";
import { browser } from "./adapters/browser.ts";
import { createClockStepDetector } from "./adapters/clock-watch.ts";
import { drawFaultIcon } from "./adapters/fault-icon.ts";
import { createKeepAwake } from "./adapters/keep-awake.ts";
import { createNamedAlarm } from "./adapters/named-alarm.ts";
import { openWelcome } from "./adapters/open-welcome.ts";
import { sha256 } from "./adapters/sha256.ts";
import {
	createStorageAdapter,
	type SessionStorageArea,
} from "./adapters/storage-adapter.ts";
import { createTabListener } from "./adapters/tab-listener.ts";
import { createAgentSource } from "./appconfig/agent.ts";
import { createControlPlane } from "./appconfig/control-plane.ts";
import { createSource } from "./appconfig/source.ts";
import { createConnections } from "./credentials/connections.ts";
import { createIndexedDbArea } from "./credentials/vault-storage.ts";
import { createServiceClock } from "./http/clock-skew.ts";
import { createSnapshotCache } from "./snapshot-cache.ts";
import { createViewServer, type ViewPort } from "./view-server.ts";

const { alarms, runtime, storage, permissions, action, tabs } = browser;
const SIGN_IN_ALARM = "sign-in";
const VAULT_ALARM = "vault";

const now = () => Date.now();
const elapsed = () => performance.now();
const newId = () => crypto.randomUUID();
// What is paused by itself shows it, also where nothing was due.
const lookAgain = () => void engine.tick().then(engine.publish);
const idle = () => browser.idle as typeof browser.idle | undefined;
const mayCall = (pattern: string) =>
	permissions.contains({ origins: [pattern] });

browser.alarms.onAlarm.addListener(({ name }) => {
	if (name === VAULT_ALARM) void connections.lockWhenIdle();
	if (name === SIGN_IN_ALARM) void connections.signIn.wake();
	if (name !== ALARM_NAME) return;
	alarm.onAlarm();
	void engine.tick();
});
addEventListener("offline", lookAgain);
addEventListener("online", () => void engine.online().then(engine.publish));
// Only with its permission, which the user gives with the setting.
const watchIdle = () => idle()?.onStateChanged.addListener(lookAgain);
watchIdle();
// To wake the worker is all it is for: restoring the state arms the alarms, which a restarted browser has lost.
runtime.onStartup.addListener(() => undefined);
runtime.onInstalled.addListener(({ reason }) => {
	const url = runtime.getURL("src/welcome/index.html");
	if (reason === "install")
		void openWelcome(storage.local, () => tabs.create({ url }));
});
permissions.onAdded.addListener(() => {
	watchIdle();
	void engine.retry("permission-missing");
});
const watchTabs = createTabListener({
	tabs,
	// The address is told only of tabs on loopback, the only hosts that are allowed from the start: there a sign-in comes back to.
	onUpdated: (id, { url }) => {
		if (url) void connections.signIn.tabUpdated(id, url);
	},
	onRemoved: (id) => void connections.signIn.tabRemoved(id),
});
runtime.onConnect.addListener((port) => views.accept(port as ViewPort));

// The default, said aloud: tokens and keys are for this extension's own pages and worker. Firefox has no such method.
const session: SessionStorageArea = storage.session;
void session.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

const vault = createStorageAdapter({
	local: storage.local,
	session,
	versions: createVersionStore(),
});
const alarm = createAlarm({
	alarms,
	now,
	elapsed,
	onWake: () => void engine.tick(),
});
const clock = createServiceClock(session, now);
const connections = createConnections({
	local: storage.local,
	session,
	tabs,
	setTabListening: watchTabs,
	now,
	clock,
	mayCall,
	newId,
	scheduleWake: createNamedAlarm(SIGN_IN_ALARM, {
		alarms,
		now,
		onRing: () => void connections.signIn.wake(),
	}),
	backup: createIndexedDbArea("appconfig-inspector-vault"),
	scheduleLock: createNamedAlarm(VAULT_ALARM, {
		alarms,
		now,
		onRing: () => void connections.lockWhenIdle(),
	}),
	ownKeys: vault.credentials,
	profiles: () => engine.profiles(),
	withSavedProfiles: (job) => engine.withSavedProfiles(job),
	forgetOwnKeys: async () => {
		source.clearClients();
		await engine.forgetKeys();
	},
	onChange: () => engine.publish(),
	onReady: (id) => void engine.retryConnection(id),
	onMoved: (id) => void engine.restartConnection(id),
});
// A whole configuration may take minutes on a slow line, and credentials several calls before it.
const { during } = createKeepAwake(() => alarms.get(ALARM_NAME));
const keptAwake = (source: ConfigurationSource): ConfigurationSource => ({
	open: (profile) => during(() => source.open(profile)),
	poll: (profile, token) => during(() => source.poll(profile, token)),
});
const presence = createAutoPause({
	local: storage.local,
	idle,
	isOnline: () => navigator.onLine,
	changed: lookAgain,
});
const source = createSource({
	now,
	access: connections.access,
	renew: connections.renew,
	agent: createAgentSource({ now, mayCall }),
	onServerDate: clock.recordServerDate,
	mayCall,
});
const engine: Engine = createEngine({
	source: keptAwake(source),
	storage: vault,
	clock: {
		now,
		random: Math.random,
		setBackMs: createClockStepDetector({ now, elapsed }),
	},
	alarm,
	hash: sha256,
	newId,
	overview: () => {
		const overview = connections.overview();
		const damaged = presence.damaged();
		return {
			...overview,
			settings: presence.settings(),
			damaged: [...overview.damaged, ...damaged],
			problems: [...overview.problems, ...problemsOf(damaged, [])],
		};
	},
	connectionsLoaded: connections.restored,
	autoPause: {
		refresh: presence.refresh,
		isOnline: presence.isOnline,
		pauseReasonOf: (profile) =>
			presence.pauseReasonFor(connections.endpointOf(profile)),
	},
});
const views = createViewServer({
	engine,
	remote: {
		...engine.remote,
		...connections.remote,
		deleteDamaged: async (record) => {
			await engine.remote.deleteDamaged(record);
			connections.forgetDamaged(record);
			presence.forgetDamaged(record);
		},
		saveSettings: presence.save,
		...createControlPlane({
			now: clock.now,
			mayCall,
			session,
			access: connections.access,
			profiles: () => engine.profiles(),
			pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		}),
	},
	extensionId: runtime.id,
	onCommand: connections.recordUse,
	onOpenChange: (open) => {
		alarm.setViewOpen(open);
		// Whoever looks is there.
		if (open) void engine.tick();
	},
});
const icon = Object.fromEntries(
	[16, 32].map((size) => [size, runtime.getURL(`src/icons/icon-${size}.png`)]),
);
engine.subscribe(
	createBadge(action as BrowserAction, () => drawFaultIcon(icon), icon),
);
engine.subscribe(createSnapshotCache(storage.local));
