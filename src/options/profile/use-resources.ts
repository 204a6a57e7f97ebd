// What there is to choose from, as a hook: asked for on a click, then as the form goes on.
import { useEffect, useState } from "preact/hooks";
import type { ConnectionId } from "../../core/connection/connection.ts";
import type { ControlRemote } from "../../core/contract.ts";
import type {
	ControlPlace,
	Listing,
	Resource,
} from "../../core/control-plane.ts";
import { isRegion, parseEndpoint } from "../../core/endpoint.ts";
import type { ProfileForm, ProfileId } from "../../core/profile.ts";
import { refusalWords } from "../../ui/deployments/refusal-words.ts";

export interface Resources {
	readonly lists: { readonly [K in Listing]?: readonly Resource[] };
	/** Why there are none; empty when all is well. */
	readonly problem: string;
	readonly isBusy: boolean;
	/** Asks for the applications, and from then on for what is in the chosen one. */
	start(): void;
}

export function useResources(
	remote: ControlRemote,
	form: ProfileForm,
	id: ProfileId | undefined,
): Resources {
	/** How many times it was asked for: again means anew. */
	const [asked, setAsked] = useState(0);
	const [lists, setLists] = useState<Resources["lists"]>({});
	const [problem, setProblem] = useState("");
	const [pending, setPending] = useState(0);
	const place = placeOf(form, id);
	const application = form.application.trim();
	const key = JSON.stringify(place);
	const isKnown = (lists.applications ?? []).some(
		(each) => each.id === application || each.name === application,
	);

	async function load(listing: Listing): Promise<void> {
		if (!place) return;
		setPending((count) => count + 1);
		const answer = await remote
			.listResources({ place, listing, application, isAnew: asked > 1 })
			.catch((error: Error) => ({
				ok: false as const,
				error: { kind: "service-error" as const, detail: error.message },
			}));
		setPending((count) => count - 1);
		if (answer.ok) setLists((old) => ({ ...old, [listing]: answer.value }));
		setProblem(answer.ok ? "" : refusalWords(answer.error));
	}
	useEffect(() => {
		setLists({});
		if (asked > 0) void load("applications");
	}, [asked, key]);
	useEffect(() => {
		if (!isKnown) return;
		void load("environments");
		void load("configurationprofiles");
	}, [isKnown, application, key]);

	return {
		lists,
		problem: place ? problem : NO_PLACE,
		isBusy: pending > 0,
		start: () => setAsked(asked + 1),
	};
}

const NO_PLACE = "Give the Region first, or an endpoint.";

function placeOf(
	form: ProfileForm,
	id: ProfileId | undefined,
): ControlPlace | undefined {
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
