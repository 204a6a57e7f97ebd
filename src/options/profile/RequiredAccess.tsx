import { dataPlaneHost, isRegion } from "../../core/connection/endpoint.ts";
import {
	type ConfigurationRef,
	pollPolicy,
	toIdsOrWildcards,
} from "../../core/profile/iam-policy.ts";
import type { Resource } from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatShortTime } from "../../ui/components/Age.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { useAnnounce } from "../../ui/components/status.tsx";
import { escapedText } from "../../ui/components/text-spans.tsx";
import { copyText } from "../../ui/copy/clipboard.ts";
import type { ProfileForm } from "../form/profile-form.ts";
import {
	costOf,
	DOLLARS_PER_CONFIGURATION,
	monthlyCost,
	PRICES_AS_OF,
} from "./cost.ts";
import type { Lists } from "./use-resource-lookup.ts";
export interface RequiredAccessProps {
	readonly form: ProfileForm;
	readonly intervalSeconds: number;
	/** The resources that were looked up, whose names stand for ids. */
	readonly lists: Lists;
	/** The connection's, where it is known. */
	readonly accountId: string | undefined;
}

export function RequiredAccess(props: RequiredAccessProps) {
	const { form, intervalSeconds, lists, accountId } = props;
	const announce = useAnnounce();
	const region = form.region.trim();
	const { text, open } = toPolicy(
		{
			region: isRegion(region) ? region : "",
			application: form.application.trim(),
			environment: form.environment.trim(),
			configurationProfile: form.configurationProfile.trim(),
		},
		lists,
		accountId,
	);
	const { requests, dollars } = monthlyCost(intervalSeconds);
	return (
		<section class="needs">
			<h2>Required access and cost on AWS</h2>
			<p>
				Calls{" "}
				<code>{isRegion(region) ? dataPlaneHost(region) : "AppConfig"}</code>{" "}
				every {intervalSeconds} s while the browser runs and the profile is not
				paused: up to {requests.toLocaleString("en-US")} requests in 30 days,
				about US${dollars.toFixed(2)}, and US${DOLLARS_PER_CONFIGURATION} for
				each new version received (prices of {PRICES_AS_OF}).
			</p>
			<p>
				Polling counts as use: with deletion protection on, AWS will not delete
				this environment or configuration profile while it is polled here.
			</p>
			<div class="policy-head">
				<h3 id="policy">Minimum IAM policy</h3>
				<Button
					name="Copy policy"
					icon="copy"
					onClick={() => void copyText(text, "the policy", announce)}
				/>
			</div>
			<pre>{escapedText(text)}</pre>
			<p class="hint">
				{open.length > 0 &&
					`* stands for any ${open.join(", any ")}, because policies name them by ID. Replace it with the ID to allow less; “Look up names” does so for all but the account. `}
				Add kms:Decrypt if the configuration is encrypted with your own key.
			</p>
		</section>
	);
}

export interface Policy {
	readonly text: string;
	/** The parts that are `*`, because policies name resources by id and the profile holds a name. */
	readonly open: readonly string[];
}

/** The policy that polling needs. `lists`: resources that were looked up, for the ids of names; `account`: 12 digits or `*`. */
export function toPolicy(
	place: ConfigurationRef,
	lists: Lists,
	account = "*",
): Policy {
	const { application, environment, configurationProfile } = place;
	const guessed = toIdsOrWildcards(place);
	const ids: ConfigurationRef = {
		region: place.region || "*",
		application: idOf(lists.applications, application) ?? guessed.application,
		environment: idOf(lists.environments, environment) ?? guessed.environment,
		configurationProfile:
			idOf(lists.configurationprofiles, configurationProfile) ??
			guessed.configurationProfile,
	};
	const parts = {
		account,
		Region: ids.region,
		application: ids.application,
		environment: ids.environment,
		"configuration profile": ids.configurationProfile,
	};
	return {
		text: pollPolicy(ids, account),
		open: Object.entries(parts).flatMap(([name, id]) =>
			id === "*" ? [name] : [],
		),
	};
}

function idOf(
	resources: readonly Resource[] | undefined,
	typed: string,
): string | undefined {
	const is = (key: "id" | "name") =>
		resources?.find((each) => each[key] === typed)?.id;
	return is("id") ?? is("name");
}

interface UsageProps {
	readonly entry: ProfileSnapshot;
	/** AWS charges for it; an emulator or an Agent does not. */
	readonly isCharged: boolean;
}

export function Usage({ entry, isCharged }: UsageProps) {
	const { calls, received, since } = entry.usage;
	if (calls === 0) return null;
	const cost = isCharged ? `: ${dollars(costOf(calls, received))}` : "";
	return (
		<p class="usage">
			Since {formatShortTime(since, Date.now())}: {count(calls, "call")},{" "}
			{count(received, "configuration")} received{cost}.
		</p>
	);
}

function dollars(cost: number): string {
	return cost < 0.01 ? "less than a cent" : `about US$${cost.toFixed(2)}`;
}

function count(number: number, what: string): string {
	const text = number.toLocaleString("en-US");
	return `${text} ${what}${number === 1 ? "" : "s"}`;
}
