import { ALARM_NAME } from "./adapters/alarm.ts";
import { browser, openWelcome } from "./adapters/browser.ts";
import {
	createBackground,
	SIGN_IN_ALARM,
	VAULT_ALARM,
} from "./create-background.ts";
import type { ViewPort } from "./view-server.ts";
import { fragmentOf } from "./watch/notifier.ts";

// A browser delivers the event that started the worker only to listeners added in the worker's first turn: nothing here
// may come after an await. Listeners for tabs are added in `createBackground`, and removed when no sign-in needs them.
const { engine, connections, alarm, viewServer, recheckPause } =
	createBackground();
const { alarms, permissions, runtime, storage, tabs } = browser;

runtime.onConnect.addListener((port) => viewServer.accept(port as ViewPort));

alarms.onAlarm.addListener(({ name }) => {
	if (name === VAULT_ALARM) void connections.lockWhenIdle();
	if (name === SIGN_IN_ALARM) void connections.signIn.wake();
	if (name !== ALARM_NAME) return;
	alarm.onAlarm();
	void engine.tick();
});

addEventListener("offline", recheckPause);
addEventListener("online", () => void engine.online().then(engine.publish));

permissions.onAdded.addListener(() => {
	listenToIdle();
	listenToNotifications();
	void engine.retry("permission-missing");
});

/** `idle` is missing without its permission, which the user grants with the setting. */
function listenToIdle(): void {
	const idle = browser.idle as typeof browser.idle | undefined;
	idle?.onStateChanged.addListener(recheckPause);
}
listenToIdle();

/** `notifications` is missing without its permission too. */
function listenToNotifications(): void {
	const notifications = browser.notifications as
		| typeof browser.notifications
		| undefined;
	if (notifications?.onClicked.hasListener(openNotified) === false)
		notifications.onClicked.addListener(openNotified);
}
listenToNotifications();

function openNotified(id: string): void {
	const url = runtime.getURL(`src/page/index.html#${fragmentOf(id)}`);
	void tabs.create({ url });
	void browser.notifications.clear(id);
}

// Only wakes the worker, which restores its state and creates the alarms that a restarted browser has lost.
runtime.onStartup.addListener(() => undefined);

runtime.onInstalled.addListener(({ reason }) => {
	if (reason !== "install") return;
	const url = runtime.getURL("src/welcome/index.html");
	void openWelcome(storage.local, () => tabs.create({ url }));
});
