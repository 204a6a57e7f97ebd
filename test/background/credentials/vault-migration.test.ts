// The records were written by an older version, so the keys are really derived here.
import { expect, it } from "vitest";
import { createSecretVault } from "../../../src/background/credentials/secret-vault.ts";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import { VAULT_V1 as old } from "../../fixtures/vault-v1.ts";
import { createArea } from "../../helpers/storage-area.ts";

const ID = "c1" as ConnectionId;
const OTHER = "c2" as ConnectionId;

it.each([
	["as they were", old["vault-ids"]],
	["emptied", []],
	["damaged", "c1"],
	["gone", undefined],
	["of others", ["x", 7]],
])(
	"keeps every secret when the legacy ids are %s, and moves them into the header",
	async (_, ids) => {
		const local = createArea();
		const backup = createArea();
		let session = createArea();
		const boot = async () => {
			const vault = createSecretVault({
				local,
				backup,
				session,
				now: () => 1_000,
				scheduleLock: () => undefined,
			});
			await vault.load();
			return vault;
		};
		const items = {
			vault: old.vault,
			...(ids === undefined ? {} : { "vault-ids": ids }),
		};
		await local.set(items);
		await backup.set(items);
		const first = await boot();
		expect(first.snapshot()).toEqual({ status: "locked" });
		const opened = await first.unlock(old.passphrase);
		expect(opened.ok && [...opened.value.keys()]).toEqual([ID, OTHER]);
		for (const area of [local, backup]) {
			expect(await area.get("vault")).toMatchObject({
				vault: { header: { version: 2, sequence: 3, ids: [ID, OTHER] } },
			});
			expect(await area.get("vault-ids")).toEqual({});
		}
		session = createArea();
		const second = await boot();
		expect([second.isLocked(ID), second.isLocked(OTHER)]).toEqual([true, true]);
		const again = await second.unlock(old.passphrase);
		expect(again.ok && again.value.size).toBe(2);
	},
);
