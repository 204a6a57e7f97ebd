import type {
	ConnectionId,
	IdentityCenterConnection,
} from "../../core/connection/connection.ts";
import type {
	SignIn,
	SignInEvents,
	SignInProgress,
	SignInSecret,
} from "../../core/connection/credential-sources.ts";
import type { CredentialsFault } from "../../core/connection/credentials.ts";
import { createSingleFlight } from "../../core/shared/concurrency.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import { type StorageArea, withPrefix } from "../adapters/storage-adapter.ts";
import { type CredentialPorts, refuse } from "./credential-request.ts";
import {
	createToken,
	listAccounts,
	listRoles,
	logOut,
	renewSignIn,
} from "./identity-center.ts";
import {
	exchangeCode,
	isOwnRedirect,
	parseAttempt,
	type SignInAttempt,
	startAuthorizationCode,
	startDeviceCode,
	TIMED_OUT,
	toProgress,
} from "./sign-in-flows.ts";

export interface SignInPorts extends CredentialPorts {
	/** In memory only, and for trusted contexts only: attempts contain secrets. */
	readonly session: StorageArea;
	readonly tabs: {
		create(tab: { url: string }): Promise<{ id?: number | undefined }>;
		remove(id: number): Promise<void>;
	};
	/** Whether `tabUpdated` and `tabRemoved` have to be called. Until the first call they are called. */
	setTabListening(isWanted: boolean): void;
	/** Schedules a call of `wake` (epoch ms), which may come after a restart of the worker. */
	scheduleWake(at: number): void;
}

export interface BrowserSignIn extends SignIn {
	/** For tabs.onUpdated and tabs.onRemoved. The browser passes `url` only for loopback hosts. */
	tabUpdated(tabId: number, url: string): Promise<void>;
	tabRemoved(tabId: number): Promise<void>;
	wake(): Promise<void>;
}

const KEY = "sign-in:";

/** Sign-ins to IAM Identity Center. They continue after a restart of the worker. */
export function createSignIn(
	ports: SignInPorts,
	events: SignInEvents,
): BrowserSignIn {
	const attempts = new Map<ConnectionId, SignInAttempt>();
	/** Increased when all sign-ins are cancelled: results of earlier generations are dropped. */
	let generation = 0;
	const updateTabListening = () => ports.setTabListening(attempts.size > 0);
	const restored = restore(ports, attempts).then(updateTabListening);

	// In memory before it is stored: the redirect follows at once if the user is already signed in.
	async function storeAttempt(attempt: SignInAttempt): Promise<void> {
		attempts.set(attempt.id, attempt);
		await ports.session.set({ [KEY + attempt.id]: attempt });
		ports.scheduleWake(attempt.device?.nextAt ?? attempt.until);
		events.changed();
	}
	/** Removes the attempt, so that a second redirect finds none. */
	async function removeAttempt(
		id: ConnectionId,
	): Promise<SignInAttempt | undefined> {
		const attempt = attempts.get(id);
		attempts.delete(id);
		updateTabListening();
		await ports.session.remove(KEY + id);
		return attempt;
	}
	async function finish(
		id: ConnectionId,
		outcome: Result<SignInSecret, CredentialsFault>,
	): Promise<void> {
		await removeAttempt(id);
		events.ended(id, outcome);
	}
	async function start(
		connection: IdentityCenterConnection,
		method: SignInProgress["method"],
	): Promise<Result<SignInProgress, CredentialsFault>> {
		const startedIn = generation;
		await restored;
		await removeAttempt(connection.id);
		ports.setTabListening(true);
		const attempt = await (method === "browser"
			? startAuthorizationCode
			: startDeviceCode)(ports, connection);
		if (generation !== startedIn) {
			updateTabListening();
			return refuse("sign-in-needed", {
				detail: "The sign-in was cancelled.",
			});
		}
		if (attempt.ok) await storeAttempt(attempt.value);
		updateTabListening();
		if (!attempt.ok) return attempt;
		return ok(toProgress(attempt.value));
	}
	async function exchange(
		attempt: SignInAttempt,
		url: string,
		startedIn: number,
	): Promise<void> {
		await removeAttempt(attempt.id);
		const secret = await exchangeCode(
			ports,
			attempt,
			new URL(url).searchParams,
		);
		if (attempt.tabId !== undefined)
			await ports.tabs.remove(attempt.tabId).catch(() => undefined);
		if (generation === startedIn) events.ended(attempt.id, secret);
	}
	async function pollDevice(attempt: SignInAttempt): Promise<void> {
		const { device, ssoRegion, client, id } = attempt;
		if (!device || ports.now() < device.nextAt) return;
		const { deviceCode } = device;
		const reply = await createToken(ports, ssoRegion, client, { deviceCode });
		// The attempt was cancelled or started again in the meantime.
		if (attempts.get(id) !== attempt) return;
		if (!reply.ok && reply.error.kind !== "credentials-unavailable")
			return finish(id, reply);
		if (reply.ok && reply.value.status === "granted")
			return finish(id, ok(reply.value.secret));
		const isSlow = reply.ok && reply.value.status === "slow-down";
		const intervalSeconds = device.intervalSeconds + (isSlow ? 5 : 0);
		const nextAt = ports.now() + intervalSeconds * 1_000;
		await storeAttempt({
			...attempt,
			device: { ...device, intervalSeconds, nextAt },
		});
	}

	async function checkAll(): Promise<void> {
		await restored;
		for (const attempt of attempts.values())
			if (ports.now() >= attempt.until)
				await finish(
					attempt.id,
					refuse("sign-in-needed", { detail: TIMED_OUT }),
				);
			else await pollDevice(attempt);
	}
	const startOnce = createSingleFlight<
		ConnectionId,
		Result<SignInProgress, CredentialsFault>
	>();
	const wakeOnce = createSingleFlight<"wake", void>();

	return {
		// A second click would open a second tab, and only one of them counts.
		start: (connection, method) =>
			startOnce(connection.id, () => start(connection, method)),
		cancel: async (id) => {
			await restored;
			await removeAttempt(id);
		},
		cancelAll: async () => {
			generation += 1;
			await restored;
			attempts.clear();
			updateTabListening();
			const kept = Object.keys(await ports.session.get(null));
			await ports.session.remove(kept.filter((key) => key.startsWith(KEY)));
		},
		renew: (connection, secret, isRefused) =>
			renewSignIn(ports, connection, secret, isRefused),
		signOut: (connection, secret) => logOut(ports, connection, secret),
		accounts: (connection, secret) => listAccounts(ports, connection, secret),
		roles: (connection, secret, accountId) =>
			listRoles(ports, connection, secret, accountId),
		progress: (id) => {
			const attempt = attempts.get(id);
			return attempt && toProgress(attempt);
		},
		async tabUpdated(tabId, url) {
			const startedIn = generation;
			await restored;
			const attempt = [...attempts.values()].find(
				(each) => each.tabId === tabId && isOwnRedirect(each, url),
			);
			if (attempt) await exchange(attempt, url, startedIn);
		},
		async tabRemoved(tabId) {
			await restored;
			for (const { id, tabId: own, redirectUri } of attempts.values())
				if (own === tabId && redirectUri)
					await finish(
						id,
						refuse("sign-in-needed", {
							detail: "The sign-in page was closed.",
						}),
					);
		},
		// Alarm and timer may fire together, but a device code can be exchanged only once.
		wake: () => wakeOnce("wake", checkAll),
	};
}

async function restore(
	{ session, scheduleWake }: SignInPorts,
	attempts: Map<ConnectionId, SignInAttempt>,
): Promise<void> {
	for (const value of withPrefix(await session.get(null), KEY).values()) {
		const attempt = parseAttempt(value);
		if (!attempt) continue;
		attempts.set(attempt.id, attempt);
		scheduleWake(attempt.device?.nextAt ?? attempt.until);
	}
}
