// What there is to choose from, as a hook: asked for on a click, then as the form goes on.

import { useEffect, useRef, useState } from "preact/hooks";
import type { AccessTarget } from "../../core/connection/access-target.ts";
import type { ConnectionId } from "../../core/connection/connection.ts";
import { isRegion, parseEndpoint } from "../../core/connection/endpoint.ts";
import type { ProfileForm, ProfileId } from "../../core/profile/profile.ts";
import type { ControlPlaneRemote } from "../../core/protocol/commands.ts";
import { err } from "../../core/shared/result.ts";
import {
	type ListRequest,
	type ListResults,
	type Lookup,
	NOT_REQUESTED,
	toLookup,
} from "./resources.ts";

export interface ResourceLookup extends Omit<Lookup, "questions"> {
	/** Asks for the applications where the form says, and from then on for what is in the chosen one. */
	start(): void;
}

export function useResourceLookup(
	remote: ControlPlaneRemote,
	form: ProfileForm,
	id: ProfileId | undefined,
): ResourceLookup {
	const [asked, setAsked] = useState(NOT_REQUESTED);
	const [answers, setAnswers] = useState<ListResults>(new Map());
	const begun = useRef(new Set<string>());
	const target = targetOf(form, id);
	const application = form.application.trim();
	const offer = toLookup({ target, application, asked }, answers);
	const { requests } = offer;

	async function load({ key, ...question }: ListRequest): Promise<void> {
		if (begun.current.has(key)) return;
		begun.current.add(key);
		const answer = await remote
			.listResources(question)
			.catch(({ message }: Error) =>
				err({ kind: "service-error" as const, detail: message }),
			);
		setAnswers((old) => new Map(old).set(key, answer));
	}
	useEffect(() => {
		for (const question of requests) void load(question);
	}, [JSON.stringify(requests)]);

	return {
		...offer,
		start: () => setAsked({ times: asked.times + 1, target }),
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
