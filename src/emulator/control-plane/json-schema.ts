// Ajv, loaded when the first schema is compiled: loading it takes as long as all the rest of the emulator does.
import { createRequire } from "node:module";
import type { Ajv, Options } from "ajv";

let loaded: (new (options: Options) => Ajv) | undefined;

export function createAjv(options: Options): Ajv {
	loaded ??= load();
	return new loaded(options);
}

function load() {
	const require = createRequire(import.meta.url);
	const ajv = require("ajv") as typeof import("ajv");
	return ajv.Ajv;
}
