import { useEffect, useRef, useState } from "preact/hooks";
import type { AccessTarget } from "../../core/connection/access-target.ts";
import type { ConnectionId } from "../../core/connection/connection.ts";
import { isRegion, parseEndpoint } from "../../core/connection/endpoint.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ControlPlaneFault,
	Resource,
	ResourceListing,
} from "../../core/protocol/control-plane.ts";
import { err, type Result } from "../../core/shared/result.ts";
import { useRemote } from "../../ui/background-client/context.tsx";
import { controlPlaneMessage } from "../../ui/errors/control-plane-message.ts";
import type { ProfileForm } from "../form/profile-form.ts";

export type Lists = { readonly [K in ResourceListing]?: readonly Resource[] };

/** As the form stands. */
export interface LookupInput {
	readonly target: AccessTarget | undefined;
	/** Whose environments and configuration profiles are listed, once it is known to exist. */
	readonly application: string;
	readonly requested: LookupRequest;
}

export interface LookupRequest {
	/** How many times the user has clicked: the second time refreshes the lists. */
	readonly times: number;
	/** As the form stood then. Other targets are not called: a host that is being typed is another one with each letter. */
	readonly target: AccessTarget | undefined;
}

export const NOT_REQUESTED: LookupRequest = { times: 0, target: undefined };

export interface ListRequest {
	readonly target: AccessTarget;
	readonly listing: ResourceListing;
	readonly application: string;
	readonly refresh: boolean;
	/** Identifies the request. */
	readonly key: string;
}

/** By the keys of the requests. */
export type ListResults = ReadonlyMap<
	string,
	Result<readonly Resource[], ControlPlaneFault>
>;

export interface Lookup {
	readonly lists: Lists;
	/** Why there are none; empty when there is no error, or nothing was requested. */
	readonly problem: string;
	/** All that are needed; those without a result have been sent. */
	readonly requests: readonly ListRequest[];
	readonly isBusy: boolean;
}

export function toLookup(wish: LookupInput, results: ListResults): Lookup {
	const { application } = wish;
	const times = timesRequested(wish);
	const lists: { [K in ResourceListing]?: readonly Resource[] } = {};
	let problem = wish.target || times === 0 ? "" : NO_TARGET;
	const requests = ask(wish, "applications");
	for (const { key, listing } of requests) {
		const result = results.get(key);
		if (result?.ok) lists[listing] = result.value;
		else if (result) problem ||= controlPlaneMessage(result.error);
		if (listing === "applications" && lists[listing]?.some(isNamed))
			requests.push(
				...ask(wish, "environments"),
				...ask(wish, "configurationprofiles"),
			);
	}
	const isBusy = requests.some(({ key }) => !results.has(key));
	return { lists, problem, requests, isBusy };

	function isNamed({ id, name }: Resource): boolean {
		return id === application || name === application;
	}
}

const NO_TARGET = "Enter a Region or an endpoint first.";

function timesRequested({ target, requested }: LookupInput): number {
	return JSON.stringify(target) === JSON.stringify(requested.target)
		? requested.times
		: 0;
}

/** One or none. */
function ask(wish: LookupInput, listing: ResourceListing): ListRequest[] {
	const { target, application } = wish;
	const times = timesRequested(wish);
	if (!target || times === 0) return [];
	const of = listing === "applications" ? "" : application;
	const request = {
		target,
		listing,
		application: of,
		refresh: times > 1,
		key: JSON.stringify([target, listing, of, times]),
	};
	return [request];
}

export interface ResourceLookup extends Omit<Lookup, "requests"> {
	/** Lists the applications of the form's target, and from then on what is in the chosen one. */
	start(): void;
}

export function useResourceLookup(
	form: ProfileForm,
	id: ProfileId | undefined,
): ResourceLookup {
	const remote = useRemote();
	const [requested, setRequested] = useState(NOT_REQUESTED);
	const [results, setResults] = useState<ListResults>(new Map());
	const sent = useRef(new Set<string>());
	const target = targetOf(form, id);
	const application = form.application.trim();
	const lookup = toLookup({ target, application, requested }, results);
	const { requests } = lookup;

	async function load({ key, ...request }: ListRequest): Promise<void> {
		if (sent.current.has(key)) return;
		sent.current.add(key);
		const result = await remote
			.listResources(request)
			.catch(({ message }: Error) =>
				err({ kind: "service-error" as const, detail: message }),
			);
		setResults((old) => new Map(old).set(key, result));
	}
	useEffect(() => {
		for (const request of requests) void load(request);
	}, [JSON.stringify(requests)]);

	return {
		...lookup,
		start: () => setRequested({ times: requested.times + 1, target }),
	};
}

function targetOf(
	form: ProfileForm,
	id: ProfileId | undefined,
): AccessTarget | undefined {
	const { connection } = form;
	const typed = form.endpoint.trim();
	const endpoint = typed ? parseEndpoint(typed) : undefined;
	const region = form.region.trim() || (typed || connection ? "us-east-1" : "");
	if (!isRegion(region) || (endpoint && !endpoint.ok)) return undefined;
	return {
		region,
		...(id ? { id } : {}),
		...(connection ? { connection: connection as ConnectionId } : {}),
		...(endpoint?.ok ? { endpoint: endpoint.value.url } : {}),
	};
}
