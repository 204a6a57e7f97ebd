import { createEngine, type Engine } from "../core/engine.ts";
import type { AutoPause, ConnectionOverview } from "../core/ports.ts";
import type { Remote } from "../core/protocol/commands.ts";
import { environmentAppearance } from "../core/shared/environment.ts";
import { problemsOf } from "../core/shared/storage-problems.ts";
import { createBodyReader } from "../storage/body-reader.ts";
import { sha256 } from "../storage/byte-encoding.ts";
import { createVersionStore } from "../storage/version-store.ts";
import {
	ALARM_NAME,
	createAlarm,
	createClockStepDetector,
	createKeepAwake,
	createNamedAlarm,
	type ViewAwareAlarm,
} from "./adapters/alarm.ts";
import { createAutoPause } from "./adapters/auto-pause.ts";
import { type BrowserAction, createBadge } from "./adapters/badge.ts";
import { browser, createTabListener } from "./adapters/browser.ts";
import {
	createStorageAdapter,
	type SessionStorageArea,
} from "./adapters/storage-adapter.ts";
import { createAgentSource } from "./appconfig/agent.ts";
import { createControlPlane } from "./appconfig/control-plane.ts";
import { createSource } from "./appconfig/source.ts";
import {
	type Connections,
	createConnections,
} from "./credentials/connections.ts";
import { createIndexedDbArea } from "./credentials/vault-storage.ts";
import { createServiceClock } from "./http/clock-skew.ts";
import { createSnapshotCache } from "./snapshot-cache.ts";
import { createViewServer, type ViewServer } from "./view-server.ts";
import { drawNotificationIcon } from "./watch/notification-icon.ts";
import { createNotifier, type NotificationsApi } from "./watch/notifier.ts";

export const SIGN_IN_ALARM = "sign-in";
export const VAULT_ALARM = "vault";

export interface Background {
	readonly engine: Engine;
	readonly connections: Connections;
	readonly alarm: ViewAwareAlarm;
	readonly viewServer: ViewServer;
	/** Polls what is due, and shows a pause that has begun or ended although nothing was due. */
	recheckPause(): void;
}

/** Creates the parts of the service worker and connects them. Starts to read the stored state at once. */
export function createBackground(): Background {
	const { action, alarms, permissions, runtime, storage, tabs } = browser;
	const now = () => Date.now();
	const elapsed = () => performance.now();
	const newId = () => crypto.randomUUID();
	const mayCall = (pattern: string) =>
		permissions.contains({ origins: [pattern] });
	const recheckPause = () => void engine.tick().then(engine.publish);

	const { local } = storage;
	const session: SessionStorageArea = storage.session;
	// The default, made explicit: tokens and keys are for this extension's own contexts. Firefox lacks the method.
	void session.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
	const storageAdapter = createStorageAdapter({
		local,
		session,
		versions: createVersionStore(),
	});

	const alarm = createAlarm({
		alarms,
		now,
		elapsed,
		onWake: () => void engine.tick(),
	});
	const keepAwake = createKeepAwake(() => alarms.get(ALARM_NAME));
	const clock = createServiceClock(session, now);

	const connections = createConnections({
		local,
		session,
		tabs,
		setTabListening: createTabListener({
			tabs,
			// Only tabs on loopback have a `url` here, since no other host is permitted from the start.
			onUpdated: (id, { url }) => {
				if (url) void connections.signIn.tabUpdated(id, url);
			},
			onRemoved: (id) => void connections.signIn.tabRemoved(id),
		}),
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
		ownKeys: storageAdapter.credentials,
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

	const pause = createAutoPause({
		local,
		idle: () => browser.idle as typeof browser.idle | undefined,
		isOnline: () => navigator.onLine,
		onChange: recheckPause,
	});
	const autoPause: AutoPause = {
		refresh: pause.refresh,
		isOnline: pause.isOnline,
		pauseReasonOf: (profile) =>
			pause.pauseReasonFor(connections.endpointOf(profile)),
	};

	const source = createSource({
		now,
		access: connections.access,
		renew: connections.renew,
		agent: createAgentSource({ now, mayCall }),
		onServerDate: clock.recordServerDate,
		mayCall,
	});
	const engine = createEngine({
		source: {
			// A configuration may take minutes on a slow connection, and credentials several calls before it.
			open: (profile) => keepAwake(() => source.open(profile)),
			poll: (profile, token) => keepAwake(() => source.poll(profile, token)),
		},
		storage: storageAdapter,
		clock: {
			now,
			random: Math.random,
			setBackMs: createClockStepDetector({ now, elapsed }),
		},
		alarm,
		hash: sha256,
		newId,
		overview,
		connectionsLoaded: connections.restored,
		autoPause,
	});
	function overview(): ConnectionOverview {
		const ofConnections = connections.overview();
		const damaged = pause.damaged();
		return {
			...ofConnections,
			settings: pause.settings(),
			damaged: [...ofConnections.damaged, ...damaged],
			problems: [...ofConnections.problems, ...problemsOf(damaged, [])],
		};
	}

	const remote: Remote = {
		...engine.remote,
		...connections.remote,
		deleteDamaged: async (record) => {
			await engine.remote.deleteDamaged(record);
			connections.forgetDamaged(record);
			pause.forgetDamaged(record);
		},
		saveSettings: pause.save,
		...createControlPlane({
			now: clock.now,
			mayCall,
			session,
			access: connections.access,
			profiles: () => engine.profiles(),
			pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		}),
	};
	const viewServer = createViewServer({
		engine,
		remote,
		extensionId: runtime.id,
		onCommand: connections.recordUse,
		onOpenChange: (isOpen) => {
			alarm.setViewOpen(isOpen);
			// A user who looks is not away.
			if (isOpen) void engine.tick();
		},
	});

	const icons = Object.fromEntries(
		[16, 32].map((size) => [
			size,
			runtime.getURL(`src/icons/icon-${size}.png`),
		]),
	);
	engine.subscribe(createBadge(action as BrowserAction, icons));
	engine.subscribe(createSnapshotCache(local));
	const notifier = createNotifier({
		// Missing without its permission, which the user grants with a rule.
		notifications: () => browser.notifications as NotificationsApi | undefined,
		readBody: createBodyReader().readBody,
		session,
		now,
		wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		currentSnapshot: () => engine.currentSnapshot(),
		iconFor: (environment) =>
			drawNotificationIcon(
				runtime.getURL("src/icons/icon-128.png"),
				environment === undefined
					? undefined
					: environmentAppearance(environment, pause.settings().environments),
			),
	});
	engine.subscribe((snapshot) => void notifier.onSnapshot(snapshot));
	return { engine, connections, alarm, viewServer, recheckPause };
}
