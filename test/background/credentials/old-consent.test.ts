import { expect, it } from "vitest";
import { createConnectionStore } from "../../../src/background/credentials/connection-store.ts";
import type {
	Connection,
	ConnectionId,
} from "../../../src/core/connection/connection.ts";
import {
	restoreConnectionRegistry,
	withdrawnConsentMessages,
} from "../../../src/core/connection/connection-registry.ts";
import { createConnectionCommands } from "../../../src/core/connection-commands.ts";
import { createTestRegistry } from "../../helpers/connection-registry.ts";
import { createArea } from "../../helpers/storage-area.ts";

const ID = "c1" as ConnectionId;
const CONNECTION: Connection = {
	id: ID,
	name: "shop",
	kind: "endpoint",
	endpoint: "https://appconfig.example.com",
	consent: "appconfig.example.com",
};

/** A worker that starts with these stored records. */
async function start(local: ReturnType<typeof createArea>) {
	const session = createArea();
	const { registry } = createTestRegistry({
		store: createConnectionStore({ local, session }),
	});
	await restoreConnectionRegistry(registry);
	return { registry, ...createConnectionCommands(registry) };
}

it("consent that an older version stored does not count until it is given again", async () => {
	const local = createArea();
	await local.set({ "connection:c1": { schema: 1, connection: CONNECTION } });
	const { registry, saveConnection } = await start(local);
	const { consent: _, ...rest } = CONNECTION;
	expect(registry.connections.get(ID)).toEqual(rest);
	expect(withdrawnConsentMessages(registry)).toEqual([
		expect.stringContaining("“shop” to appconfig.example.com"),
	]);
	// Nothing is written before the user decides.
	expect(await local.get("connection:c1")).toEqual({
		"connection:c1": { schema: 1, connection: CONNECTION },
	});

	const credentials = {
		credentials: { accessKeyId: "own", secretAccessKey: "own" },
		receivedAt: 0,
	};
	registry.secrets.set(ID, { kind: "keys", lease: credentials });
	const { id, ...connection } = CONNECTION;
	expect(await saveConnection({ id, connection })).toBe(ID);
	expect(withdrawnConsentMessages(registry)).toEqual([]);
	expect(registry.secrets.has(ID)).toBe(true);
	const next = await start(local);
	expect(next.registry.connections.get(ID)).toEqual(CONNECTION);
	expect(withdrawnConsentMessages(next.registry)).toEqual([]);
});

it("a connection without consent is read unchanged", async () => {
	const local = createArea();
	const { consent: _, ...rest } = CONNECTION;
	await local.set({ "connection:c1": { schema: 1, connection: rest } });
	const { registry } = await start(local);
	expect(registry.connections.get(ID)).toEqual(rest);
	expect(withdrawnConsentMessages(registry)).toEqual([]);
});

it("an older version finds the consent in a record that this version wrote", async () => {
	const local = createArea();
	const { saveConnection } = await start(local);
	const { id: _, ...connection } = CONNECTION;
	const id = await saveConnection({ connection });
	expect((await local.get(`connection:${id}`))[`connection:${id}`]).toEqual({
		schema: 1,
		connection: { ...CONNECTION, id },
		isConsentTyped: true,
	});
});
