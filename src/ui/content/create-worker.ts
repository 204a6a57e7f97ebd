// The one door to workers: under Trusted Types a script's address must come from a policy, and ours knows our own only.
import compareUrl from "../compare/compare-worker.ts?worker&url";
import regexUrl from "../viewer/find/regex-worker.ts?worker&url";
import ionUrl from "./ion-worker.ts?worker&url";
import packUrl from "./pack-worker.ts?worker&url";
import yamlUrl from "./yaml-worker.ts?worker&url";

/** As in manifest.json's content security policy, which allows it and no other. */
const POLICY = "workers";
const URLS = {
	compare: compareUrl,
	ion: ionUrl,
	pack: packUrl,
	regex: regexUrl,
	yaml: yamlUrl,
};

// Not yet in TypeScript's library. https://w3c.github.io/trusted-types/dist/spec/
interface PolicyFactory {
	createPolicy(
		name: string,
		rules: { createScriptURL(url: string): string },
	): { createScriptURL(url: string): string };
}

let policy: ReturnType<PolicyFactory["createPolicy"]> | undefined;

export function createWorker(name: keyof typeof URLS): Worker {
	const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
	policy ??= trustedTypes?.createPolicy(POLICY, { createScriptURL: allow });
	const url = URLS[name];
	return new Worker(policy?.createScriptURL(url) ?? url, { type: "module" });
}

function allow(url: string): string {
	if (Object.values(URLS).includes(url)) return url;
	throw new TypeError(`Not a worker of ours: ${url}`);
}
