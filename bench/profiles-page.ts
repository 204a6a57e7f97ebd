// Functions that the benchmark of many profiles runs in an extension page. Each is sent as source: it may refer to nothing outside itself.

export function inPage<T>(job: (input: T) => unknown, input: T): string {
	return `(${job})(${JSON.stringify(input)})`;
}

export interface Seed {
	readonly endpoint: string;
	readonly count: number;
	/** Of each profile. */
	readonly versions: number;
}

interface Port {
	readonly onMessage: {
		addListener(
			listener: (message: {
				type: string;
				call: number;
				value: unknown;
			}) => void,
		): void;
	};
	postMessage(message: object): void;
	disconnect(): void;
}

/** Saves profiles and imports a history for each. */
export async function seed(input: Seed): Promise<void> {
	const { endpoint, count, versions } = input;
	const { chrome } = globalThis as unknown as {
		chrome: { runtime: { connect(info: { name: string }): Port } };
	};
	const port = chrome.runtime.connect({ name: "view" });
	const waiting = new Map<number, (value: unknown) => void>();
	let calls = 0;
	port.onMessage.addListener(({ type, call, value }) => {
		if (type === "reply") waiting.get(call)?.(value);
	});
	const command = (name: string, sent: object) =>
		new Promise<unknown>((resolve) => {
			calls += 1;
			waiting.set(calls, resolve);
			port.postMessage({ type: "command", call: calls, name, input: sent });
		});
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open("appconfig-inspector-incoming", 1);
		request.onupgradeneeded = () =>
			request.result.createObjectStore("versions");
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	for (let index = 0; index < count; index += 1) {
		const profile = {
			name: `settings-${index}`,
			application: "shop",
			environment: "test",
			configurationProfile: `settings-${index}`,
			region: "us-east-1",
			endpoint,
		};
		const id = (await command("saveProfile", { profile })) as string;
		const rows = await Promise.all(
			Array.from({ length: versions - 1 }, (_, number) => row(index, number)),
		);
		const transaction = database.transaction("versions", "readwrite");
		for (const [at, one] of rows.entries())
			transaction.objectStore("versions").put(one, [id, at + 1]);
		await new Promise((resolve) => {
			transaction.oncomplete = resolve;
		});
		await command("importVersions", { id });
	}
	database.close();
	port.disconnect();

	async function row(profile: number, number: number) {
		const text = JSON.stringify({ profile, number, sale: "spring" });
		const body = new TextEncoder().encode(text);
		const digest = await crypto.subtle.digest("SHA-256", body);
		const hash = Array.from(new Uint8Array(digest), (byte) =>
			byte.toString(16).padStart(2, "0"),
		).join("");
		const receivedAt = Date.UTC(2026, 0, 1) + number * 60_000;
		return {
			body,
			version: {
				number: number + 1,
				hash,
				contentType: "application/json",
				label: `release-${number}`,
				size: body.byteLength,
				receivedAt,
				confirmedAt: receivedAt,
				pinned: false,
			},
		};
	}
}

/** An open view that renders nothing, so that polls are made when they are due. */
export function keepAwake(): void {
	const { chrome } = globalThis as unknown as {
		chrome: { runtime: { connect(info: { name: string }): Port } };
	};
	const port = chrome.runtime.connect({ name: "view" });
	setInterval(() => port.postMessage({ type: "ping" }), 20_000);
}
