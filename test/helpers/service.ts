// A model of AppConfig Data: strict single-use tokens, enforced intervals, a log of every call.

import type { ConfigurationSource, PollResult } from "../../src/core/ports.ts";
import type {
	Fault,
	FaultKind,
	Operation,
	ResourceType,
} from "../../src/core/session/fault.ts";
import type { Token } from "../../src/core/session/session.ts";
import { err, ok, type Result } from "../../src/core/shared/result.ts";

export interface Ledger {
	sessions: number;
	polls: number;
	tooEarly: number;
	/** Tokens that were sent again after the service had accepted them. */
	reused: number;
	/** Contents handed out in replies, in order. */
	served: string[];
	/** Epoch ms of each call. */
	callTimes: number[];
}

export interface ServiceOptions {
	readonly now: () => number;
	/** The client's clock, which dates faults. */
	readonly clientNow: () => number;
	readonly intervalSeconds?: number;
	/** Called before each call; a kind makes the call fail. `afterAccept` loses the reply instead of the request. */
	readonly trouble?: (
		operation: Operation,
	) => { kind: FaultKind; afterAccept?: boolean; isUnsent?: true } | undefined;
}

export interface Service extends ConfigurationSource {
	readonly ledger: Ledger;
	deploy(content: string, label?: string): void;
	undeploy(): void;
	/** Forgets every token, as a service does after 24 h or a redeployment of its own. */
	expireAll(): void;
	intervalSeconds: number;
	trouble: ServiceOptions["trouble"];
}

interface Issued {
	readonly at: number;
	readonly notBefore: number;
	/** Content that the session was given last. */
	readonly has: string | undefined;
	spent: boolean;
}

const DAY_MS = 24 * 3_600_000;
const CONTENT_TYPE = "application/json";

export function createService(options: ServiceOptions): Service {
	const { now } = options;
	const issued = new Map<string, Issued>();
	const ledger: Ledger = {
		sessions: 0,
		polls: 0,
		tooEarly: 0,
		reused: 0,
		served: [],
		callTimes: [],
	};
	let content: string | undefined;
	let label: string | undefined;

	const service: Service = {
		ledger,
		intervalSeconds: options.intervalSeconds ?? 60,
		trouble: options.trouble,
		deploy(next, nextLabel) {
			content = next;
			label = nextLabel;
		},
		undeploy() {
			content = undefined;
		},
		expireAll: () => issued.clear(),
		async open() {
			ledger.callTimes.push(now());
			const trouble = service.trouble?.("StartConfigurationSession");
			if (trouble) {
				const refused = refuse(trouble.kind, "StartConfigurationSession");
				return trouble.isUnsent && !refused.ok
					? err({ ...refused.error, isUnsent: true })
					: refused;
			}
			ledger.sessions += 1;
			return ok(issue(0, undefined));
		},
		async poll(_profile, token) {
			ledger.callTimes.push(now());
			ledger.polls += 1;
			const trouble = service.trouble?.("GetLatestConfiguration");
			if (trouble && !trouble.afterAccept)
				return refuse(trouble.kind, "GetLatestConfiguration");
			const reply = accept(token);
			if (!trouble) return reply;
			return refuse(trouble.kind, "GetLatestConfiguration");
		},
	};

	function accept(token: Token): Result<PollResult, Fault> {
		const state = issued.get(token);
		if (!state || now() - state.at >= DAY_MS)
			return refuse("token-refused", "GetLatestConfiguration");
		if (state.spent) {
			ledger.reused += 1;
			return refuse("token-refused", "GetLatestConfiguration");
		}
		if (now() < state.notBefore) {
			ledger.tooEarly += 1;
			return refuse("too-early", "GetLatestConfiguration");
		}
		if (content === undefined)
			return refuse("not-found", "GetLatestConfiguration", "Deployment");
		state.spent = true;
		const isNews = state.has !== content;
		if (isNews) ledger.served.push(content);
		return ok({
			token: issue(now() + service.intervalSeconds * 1_000, content),
			intervalSeconds: service.intervalSeconds,
			body: isNews ? new TextEncoder().encode(content) : undefined,
			contentType: isNews ? CONTENT_TYPE : undefined,
			label: isNews ? label : undefined,
		});
	}

	function issue(notBefore: number, has: string | undefined): Token {
		const token = `token-${issued.size + 1}-${ledger.sessions}-${ledger.polls}`;
		issued.set(token, { at: now(), notBefore, has, spent: false });
		return token as Token;
	}

	function refuse(
		kind: FaultKind,
		operation: Operation,
		resourceType?: ResourceType,
	): Result<never, Fault> {
		return err({
			kind,
			operation,
			at: options.clientNow(),
			detail: "",
			...(resourceType ? { resourceType } : {}),
		});
	}

	return service;
}

/** Holds calls of the operation back until they are released. */
export function holdBack(
	service: Service,
	operation: "open" | "poll",
): { release(): void } {
	let release = () => {};
	const gate = new Promise<void>((resolve) => {
		release = resolve;
	});
	const { open, poll } = service;
	if (operation === "open")
		service.open = (profile) => gate.then(() => open(profile));
	else service.poll = (...input) => gate.then(() => poll(...input));
	return { release: () => release() };
}
