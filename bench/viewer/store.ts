// The extension's own store of versions on a page of the bench, with fifty versions in it, each edited a little more, and
// compressed as the background does it.
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { createVersionStore } from "../../src/storage/version-store.ts";
import {
	createConfiguration,
	editLeaves,
	write,
} from "../compare-documents.ts";
import { offer } from "./subject.ts";

const ID = "bench" as ProfileId;
const VERSIONS = 50;
const BYTES = 2_000_000;
const EDITS = 10;

const store = createVersionStore();
let answer = "";

offer({
	show: async () => {
		let configuration = createConfiguration(BYTES, 1);
		let body = encode(write(configuration));
		for (let number = 1; number <= VERSIONS; number += 1) {
			await save(number, body);
			configuration = editLeaves(configuration, EDITS, number);
			body = encode(write(configuration));
		}
		await store.compressOldBodies(ID);
		store.close();
		const { usage = Number.NaN } = await navigator.storage.estimate();
		answer = JSON.stringify({ kept: usage, copy: await zippedSize(body) });
	},
	answer: () => answer,
});

/** Stores a version as the worker does when it arrives. */
function save(number: number, body: Uint8Array<ArrayBuffer>): Promise<void> {
	const version = {
		number,
		hash: `${number}`,
		contentType: "application/json",
		size: body.length,
		receivedAt: number,
		confirmedAt: number,
		pinned: false,
	};
	return store.save(ID, { version, body, evicted: [] });
}

function encode(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}

async function zippedSize(body: Uint8Array<ArrayBuffer>): Promise<number> {
	const zipped = new Blob([body])
		.stream()
		.pipeThrough(new CompressionStream("gzip"));
	return (await new Response(zipped).arrayBuffer()).byteLength;
}
