import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { createBodyReader } from "../../src/storage/body-reader.ts";
import { DATABASE_NAME } from "../../src/storage/database.ts";
import {
	createVersionStore,
	type VersionStore,
} from "../../src/storage/version-store.ts";

const ID = "one" as ProfileId;
const OTHER = "two" as ProfileId;

let store: VersionStore;

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
	store = createVersionStore();
});

function document(edits: number): Uint8Array {
	const lines = Array.from({ length: 500 }, (_, index) => {
		const value = index % 100 < edits ? `edit ${edits}` : index * 7;
		return `"setting-${index}": "${value}"`;
	});
	return new TextEncoder().encode(lines.join("\n"));
}

function save(id: ProfileId, number: number, body: Uint8Array) {
	const version = {
		number,
		hash: "",
		contentType: "",
		size: body.length,
		receivedAt: 0,
		confirmedAt: 0,
		pinned: false,
	};
	return store.save(id, { version, body, evicted: [] });
}

async function saveDocuments(...numbers: number[]): Promise<void> {
	for (const number of numbers) await save(ID, number, document(number));
}

/** Writes records in the place of bodies. */
async function putRecords(
	entries: readonly (readonly [number, unknown])[],
): Promise<void> {
	const database = await open();
	const transaction = database.transaction("bodies", "readwrite");
	const bodies = transaction.objectStore("bodies");
	for (const [number, record] of entries) bodies.put(record, [ID, number]);
	await new Promise((resolve) => {
		transaction.oncomplete = resolve;
	});
	database.close();
}

/** The records of a profile's bodies, by number. */
async function records(id: ProfileId): Promise<ReadonlyMap<number, unknown>> {
	const database = await open();
	const range = IDBKeyRange.bound([id], [id, []]);
	const bodies = database.transaction("bodies").objectStore("bodies");
	const [keys, values] = await Promise.all([
		toPromise(bodies.getAllKeys(range)),
		toPromise(bodies.getAll(range)),
	]);
	database.close();
	return new Map(
		keys.map((key, index) => [(key as [string, number])[1], values[index]]),
	);
}

function open(): Promise<IDBDatabase> {
	return toPromise(indexedDB.open(DATABASE_NAME));
}

function toPromise<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve) => {
		request.onsuccess = () => resolve(request.result);
	});
}

/** The view's reader and the background's store decode alike. */
async function expectBody(number: number, body: Uint8Array): Promise<void> {
	expect(await createBodyReader().readBody(ID, number)).toEqual(body);
	expect(await store.readBody(ID, number)).toEqual(body);
}

describe("old bodies", () => {
	test("all but the newest are compressed, and read as they were received", async () => {
		await saveDocuments(1, 2, 3);
		await store.compressOldBodies(ID);
		for (const number of [1, 2, 3]) await expectBody(number, document(number));
		const found = await records(ID);
		expect(found.get(3)).toEqual(document(3));
		for (const number of [1, 2]) {
			const { zipped } = found.get(number) as { zipped: Uint8Array };
			expect(zipped.length).toBeLessThan(document(number).length / 4);
		}
	});

	test("stay readable when their version gets another number", async () => {
		await saveDocuments(1, 2, 3);
		await store.compressOldBodies(ID);
		await store.rewrite(ID, {
			moved: [
				[2, 3],
				[3, 4],
			],
		});
		await store.compressOldBodies(ID);
		await expectBody(3, document(2));
		await expectBody(4, document(3));
	});

	test("that are small stay as they are", async () => {
		for (const number of [1, 2, 3])
			await save(ID, number, Uint8Array.of(number, 2, 3));
		await store.compressOldBodies(ID);
		expect([...(await records(ID)).values()].every(ArrayBuffer.isView)).toBe(
			true,
		);
	});

	test("that are damaged stay as they are, and the others are compressed", async () => {
		await saveDocuments(1, 2, 3);
		const damaged = { what: "is this" };
		await putRecords([[2, damaged]]);
		await store.compressOldBodies(ID);
		const found = await records(ID);
		expect(found.get(2)).toEqual(damaged);
		expect(found.get(1)).toHaveProperty("zipped");
		await expect(createBodyReader().readBody(ID, 2)).rejects.toThrow(
			expect.objectContaining({ name: "UnreadableBodyError" }),
		);
		expect(await store.readBody(ID, 2)).toBeUndefined();
	});

	test("that are replaced or deleted while they are compressed are not overwritten", async () => {
		await saveDocuments(1, 2, 3);
		const compressing = store.compressOldBodies(ID);
		await save(ID, 1, document(5));
		await store.rewrite(ID, { evicted: [2] });
		await compressing;
		expect([...(await records(ID)).keys()]).toEqual([1, 3]);
		await expectBody(1, document(5));
	});
});

/** Written by the last build with that format: a document and the same with one edit, as deltas to a base. */
const EARLIER = {
	length: 7094,
	base: "H4sIAAAAAAAAA2XZS4o0xhVE4blX0dRYhoyIfPZ+ZKOJBta/fwwCQ/vEMGtyqNdX92Z9/vr9168//vz3P8fn+2v89o/P/876fH/px9mf7y//OOfz/ZUf5/n5/po/zuvz/bV+nPfn+2v/OB/0LnoPPQ0EJRRlJBU0NfkkF6razB5mL7MPWQ9kLWRtvrhB1hNZL2S9mT3MXmYfshl8U4VsjGyCbCayWchmM3uYvcw+ZOdAdgrZaWRnkJ0T2bn4Gd7MHmYvsw/ZNZBdQnYZ2RV+dyayayG7NrOH2cvsQ3YPZLf4nTWyO8juiexeyO7N7GH2MvtoBXE61OmQp0OfDoE6FOoUUTTqEKlDpS6VulTqUqlLpS6VulTqUqlLpS6VulTqUalHpR6VelTqUalHpR6VelTqUalHpTTIlAad0iBUGpRKg1Rp0CoNYqVBrTTIlQa9kgiWRLEkkiXRLIloSVRLIlsS3ZIIl0S5ZNIl0y6ZeOnv367Pv/74z1+/Pv/3OBGTqZhMxmQ6JhMymZIppEyhZQoxU6iZQs4UeqYQNIWiKSRNoWmaNXFNqqZJ1jTpmiZh06RsmqRNk7ZpEjfNmsFWDWGrprBVY9iqOWz1IFaT2KpRbNUstmoYW3ROm9BpUzptUqdN67SJnTa10yZ32vROm+Bpl3inxDsl3inxTol3SrxT4p0S75R4p8Q7Jd4t8W6Jd0u8W+LdEu+WeLfEuyXeLfFuifdKvFfivRLvcV7TK+teWffKulfWvbLu0ToPWudB6zxonQet86B1HrTOg9Z50DoPWudB6yxaZ9V+KVpn0TqL1lm0zqJ1Fq2zaJ1F62xaZ9M6m9bZtM6mdTats2mdTetsWmfX5plaPVO7Z3r5rO0ztX6m9s/UApraQFMraGidJ63zpHWetM6T1nnSOk9a50nrPGmdJ63zpHVetM6L1nnROi9a50XrvGidF63zonVetM6L1nnTOm9a503rvGmdN63zpnXetM6b1nnTOu+y7pR1p6w7Zd0p605Zd8q6U9adsu6Udaesu2XdLetuWXfLulvW3bLulnW3rLtl3S3rXln3yrpX1r2y7pV1r6x7Zd0r615Z92hdBq3LoHUZtC6D1mXQugxal0HrMmhdBq3LqPs29YVb3biprtxUd26qSzfVrZvq2k1176a6eBOti2ldTOtiWhfTupjWxbQupnUxrYtpXUzrElqX0LqE1iW0LqF1Ca1LaF1C6xJal9C6TFqXSesyaV0mrcukdZm0LpPWZdK6TFqXSeuyaF0Wrcuqfw4WrcuidVm0LovWZdG6LFqXReuyaV02rcumddm0LpvWZdO6bFqXTeuyaV12WXfKulPWnbLulHWnrDtl3SnrTll3yrpT1t2y7pZ1t6y7Zd0t625Zd8u62/8xlHW3rHtl3SvrXln3yrpX1r2y7pV1r6x7Zd3fv4Pjv3Sqr5e2GwAA",
	deltas: [
		"H4sIAAAAAAAAA2NgYGBigAPpbQxIAADQQWo+HAAAAA==",
		"H4sIAAAAAAAAA2NgYGBmgAMODwYGBjYGBg5fBgbhTAYkUJyanJ+XAgAUeA1cLgAAAA==",
	],
};

describe("bodies that an earlier build stored as deltas", () => {
	const fromBase64 = (text: string) =>
		Uint8Array.from(Buffer.from(text, "base64"));
	const lines = (edit: string) =>
		Array.from(
			{ length: 400 },
			(_, index) =>
				`"setting-${index}": ${index === 123 ? JSON.stringify(edit) : index % 7}`,
		);
	const [first, second] = ["first", "second"].map((edit) =>
		new TextEncoder().encode(lines(edit).join(",\n")),
	) as [Uint8Array, Uint8Array];

	beforeEach(async () => {
		await saveDocuments(1, 2, 3);
		await putRecords([
			[-1, { zipped: fromBase64(EARLIER.base) }],
			...EARLIER.deltas.map(
				(delta, index) =>
					[index + 1, { number: 1, bytes: fromBase64(delta) }] as const,
			),
		]);
	});

	test("are read as they were received", async () => {
		expect(first).toHaveLength(EARLIER.length);
		await expectBody(1, first);
		await expectBody(2, second);
	});

	test("become compressed bodies, and what only they needed is deleted", async () => {
		await store.compressOldBodies(ID);
		const found = await records(ID);
		expect([...found.keys()]).toEqual([1, 2, 3]);
		expect(found.get(1)).toHaveProperty("zipped");
		await expectBody(1, first);
		await expectBody(2, second);
	});

	test("stay readable when one of them cannot be converted", async () => {
		await putRecords([[2, { number: 7, bytes: Uint8Array.of(1) }]]);
		await store.compressOldBodies(ID);
		expect([...(await records(ID)).keys()]).toEqual([-1, 1, 2, 3]);
		await expectBody(1, first);
	});

	test("are deleted with their profile, and another profile keeps what it has", async () => {
		await save(OTHER, 1, document(1));
		await store.deleteProfile(ID);
		expect((await records(ID)).size).toBe(0);
		expect(await createBodyReader().readBody(OTHER, 1)).toEqual(document(1));
	});
});
