import { expect, it } from "vitest";
import { createKeyring } from "../../../src/background/credentials/connection-store.ts";
import type {
	Connection,
	ConnectionId,
} from "../../../src/core/connection/connection.ts";
import { createConnectionCommands } from "../../../src/core/connection/connection-commands.ts";
import { toConnectionForm } from "../../../src/core/connection/connection-form.ts";
import {
	restoreBook,
	withdrawnWords,
} from "../../../src/core/connection/connection-registry.ts";
import { createTestBook } from "../../helpers/connection-registry.ts";
import { createArea } from "../../helpers/storage-area.ts";

const ID = "c1" as ConnectionId;
const CONNECTION: Connection = {
	id: ID,
	name: "shop",
	kind: "endpoint",
	endpoint: "https://appconfig.example.com",
	consent: "appconfig.example.com",
};

/** A worker that starts on what is stored. */
async function start(local: ReturnType<typeof createArea>) {
	const session = createArea();
	const { book } = createTestBook({
		keyring: createKeyring({ local, session }),
	});
	await restoreBook(book);
	return { book, ...createConnectionCommands(book) };
}

it("consent that an older version stored does not count until it is given again", async () => {
	const local = createArea();
	await local.set({ "connection:c1": { schema: 1, connection: CONNECTION } });
	const { book, saveConnection } = await start(local);
	const { consent, ...rest } = CONNECTION;
	expect(book.connections.get(ID)).toEqual(rest);
	expect(withdrawnWords(book)).toEqual([
		expect.stringContaining("“shop” to appconfig.example.com"),
	]);
	// Nothing was written: the user decides.
	expect(await local.get("connection:c1")).toEqual({
		"connection:c1": { schema: 1, connection: CONNECTION },
	});

	const lease = {
		credentials: { accessKeyId: "own", secretAccessKey: "own" },
		receivedAt: 0,
	};
	book.secrets.set(ID, { kind: "keys", lease });
	const form = { ...toConnectionForm(rest), consent: consent ?? "" };
	expect(await saveConnection({ id: ID, form })).toMatchObject({ ok: true });
	expect(withdrawnWords(book)).toEqual([]);
	expect(book.secrets.has(ID)).toBe(true);
	const next = await start(local);
	expect(next.book.connections.get(ID)).toEqual(CONNECTION);
	expect(withdrawnWords(next.book)).toEqual([]);
});

it("a connection without consent is read as it was", async () => {
	const local = createArea();
	const { consent: _, ...rest } = CONNECTION;
	await local.set({ "connection:c1": { schema: 1, connection: rest } });
	const { book } = await start(local);
	expect(book.connections.get(ID)).toEqual(rest);
	expect(withdrawnWords(book)).toEqual([]);
});

it("an older version that reads the record finds the consent where it was", async () => {
	const local = createArea();
	const { saveConnection } = await start(local);
	const saved = await saveConnection({ form: toConnectionForm(CONNECTION) });
	const id = saved.ok ? saved.value : "";
	expect((await local.get(`connection:${id}`))[`connection:${id}`]).toEqual({
		schema: 1,
		connection: { ...CONNECTION, id },
		isConsentTyped: true,
	});
});
