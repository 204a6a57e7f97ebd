// What there is to choose from, by what was asked: an answer belongs to its question, and shows only while that is what the form asks.
import type {
	ControlPlace,
	ControlRefusal,
	Listing,
	Resource,
} from "../../core/protocol/control-plane.ts";
import type { Result } from "../../core/result.ts";
import { refusalWords } from "../../ui/deployments/refusal-messages.ts";

export type Lists = { readonly [K in Listing]?: readonly Resource[] };

/** As the form stands. */
export interface Wish {
	readonly place: ControlPlace | undefined;
	/** Whose environments and configuration profiles are wanted, once it is known to exist. */
	readonly application: string;
	readonly asked: Asked;
}

export interface Asked {
	/** How many times the user has asked: again means anew. */
	readonly times: number;
	/** As the form stood then. Nobody else is asked: a host that is being typed is another one with each letter. */
	readonly place: ControlPlace | undefined;
}

export const NOT_ASKED: Asked = { times: 0, place: undefined };

export interface Question {
	readonly place: ControlPlace;
	readonly listing: Listing;
	readonly application: string;
	readonly isAnew: boolean;
	/** Tells it from others. */
	readonly key: string;
}

/** By the questions' keys. */
export type Answers = ReadonlyMap<
	string,
	Result<readonly Resource[], ControlRefusal>
>;

export interface Offer {
	readonly lists: Lists;
	/** Why there are none; empty when all is well, or nothing was asked for. */
	readonly problem: string;
	/** All that is to be asked; those without an answer are on their way. */
	readonly questions: readonly Question[];
	readonly isBusy: boolean;
}

export function toOffer(wish: Wish, answers: Answers): Offer {
	const { application } = wish;
	const times = timesAsked(wish);
	const lists: { [K in Listing]?: readonly Resource[] } = {};
	let problem = wish.place || times === 0 ? "" : NO_PLACE;
	const questions = ask(wish, "applications");
	for (const { key, listing } of questions) {
		const answer = answers.get(key);
		if (answer?.ok) lists[listing] = answer.value;
		else if (answer) problem ||= refusalWords(answer.error);
		if (listing === "applications" && lists[listing]?.some(isNamed))
			questions.push(
				...ask(wish, "environments"),
				...ask(wish, "configurationprofiles"),
			);
	}
	const isBusy = questions.some(({ key }) => !answers.has(key));
	return { lists, problem, questions, isBusy };

	function isNamed({ id, name }: Resource): boolean {
		return id === application || name === application;
	}
}

const NO_PLACE = "Give the Region first, or an endpoint.";

function timesAsked({ place, asked }: Wish): number {
	return JSON.stringify(place) === JSON.stringify(asked.place)
		? asked.times
		: 0;
}

/** One or none. */
function ask(wish: Wish, listing: Listing): Question[] {
	const { place, application } = wish;
	const times = timesAsked(wish);
	if (!place || times === 0) return [];
	const of = listing === "applications" ? "" : application;
	const question = {
		place,
		listing,
		application: of,
		isAnew: times > 1,
		key: JSON.stringify([place, listing, of, times]),
	};
	return [question];
}
