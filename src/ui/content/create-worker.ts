/** As in manifest.json's content security policy, which allows this policy and no other. */
const POLICY = "workers";

// Not yet in TypeScript's library. https://w3c.github.io/trusted-types/dist/spec/
interface PolicyFactory {
	createPolicy(
		name: string,
		rules: { createScriptURL(url: string): string },
	): { createScriptURL(url: string): string };
}

const registered = new Set<string>();
let policy: ReturnType<PolicyFactory["createPolicy"]> | undefined;

/**
 * Registers a worker's script and returns a function that starts the worker. Under Trusted Types a script's address must
 * come from a policy; ours accepts registered addresses only.
 */
export function registerWorker(url: string): () => Worker {
	registered.add(url);
	return () => {
		const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
		policy ??= trustedTypes?.createPolicy(POLICY, {
			createScriptURL: allowRegistered,
		});
		const script = policy?.createScriptURL(url) ?? url;
		return new Worker(script, { type: "module" });
	};
}

function allowRegistered(url: string): string {
	if (registered.has(url)) return url;
	throw new TypeError(`Not a registered worker: ${url}`);
}
