import type { AccessTarget } from "../../core/connection/access-target.ts";
// What there is to choose from, by what was asked: an answer belongs to its question, and shows only while that is what the form asks.
import type {
	ControlPlaneFault,
	Resource,
	ResourceListing,
} from "../../core/protocol/control-plane.ts";
import type { Result } from "../../core/shared/result.ts";
import { refusalMessage } from "../../ui/deployments/refusal-messages.ts";

export type Lists = { readonly [K in ResourceListing]?: readonly Resource[] };

/** As the form stands. */
export interface LookupInput {
	readonly target: AccessTarget | undefined;
	/** Whose environments and configuration profiles are wanted, once it is known to exist. */
	readonly application: string;
	readonly asked: LookupRequest;
}

export interface LookupRequest {
	/** How many times the user has asked: again means anew. */
	readonly times: number;
	/** As the form stood then. Nobody else is asked: a host that is being typed is another one with each letter. */
	readonly target: AccessTarget | undefined;
}

export const NOT_REQUESTED: LookupRequest = { times: 0, target: undefined };

export interface ListRequest {
	readonly target: AccessTarget;
	readonly listing: ResourceListing;
	readonly application: string;
	readonly refresh: boolean;
	/** Tells it from others. */
	readonly key: string;
}

/** By the questions' keys. */
export type ListResults = ReadonlyMap<
	string,
	Result<readonly Resource[], ControlPlaneFault>
>;

export interface Lookup {
	readonly lists: Lists;
	/** Why there are none; empty when all is well, or nothing was asked for. */
	readonly problem: string;
	/** All that is to be asked; those without an answer are on their way. */
	readonly requests: readonly ListRequest[];
	readonly isBusy: boolean;
}

export function toLookup(wish: LookupInput, answers: ListResults): Lookup {
	const { application } = wish;
	const times = timesAsked(wish);
	const lists: { [K in ResourceListing]?: readonly Resource[] } = {};
	let problem = wish.target || times === 0 ? "" : NO_TARGET;
	const requests = ask(wish, "applications");
	for (const { key, listing } of requests) {
		const answer = answers.get(key);
		if (answer?.ok) lists[listing] = answer.value;
		else if (answer) problem ||= refusalMessage(answer.error);
		if (listing === "applications" && lists[listing]?.some(isNamed))
			requests.push(
				...ask(wish, "environments"),
				...ask(wish, "configurationprofiles"),
			);
	}
	const isBusy = requests.some(({ key }) => !answers.has(key));
	return { lists, problem, requests, isBusy };

	function isNamed({ id, name }: Resource): boolean {
		return id === application || name === application;
	}
}

const NO_TARGET = "Give the Region first, or an endpoint.";

function timesAsked({ target, asked }: LookupInput): number {
	return JSON.stringify(target) === JSON.stringify(asked.target)
		? asked.times
		: 0;
}

/** One or none. */
function ask(wish: LookupInput, listing: ResourceListing): ListRequest[] {
	const { target, application } = wish;
	const times = timesAsked(wish);
	if (!target || times === 0) return [];
	const of = listing === "applications" ? "" : application;
	const question = {
		target,
		listing,
		application: of,
		refresh: times > 1,
		key: JSON.stringify([target, listing, of, times]),
	};
	return [question];
}
