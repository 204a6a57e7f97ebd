// What a profile needs of AWS and what it will do there: the policy, the calls, the cost.

import { dataPlaneHost, isRegion } from "../../core/connection/endpoint.ts";
import type { ProfileForm } from "../../core/profile/profile.ts";
import { Button } from "../../ui/components/Button.tsx";
import { escapedText } from "../../ui/components/text-spans.tsx";
import {
	DOLLARS_PER_CONFIGURATION,
	monthlyCost,
	PRICES_AS_OF,
} from "./cost.ts";
import { toPolicy } from "./policy.ts";
import type { ResourceLookup } from "./use-resources.ts";

export interface RequiredAccessProps {
	readonly form: ProfileForm;
	readonly intervalSeconds: number;
	/** What names stand for, once they were looked up. */
	readonly lists: ResourceLookup["lists"];
	/** Of the connection, where it is known. */
	readonly accountId: string | undefined;
	readonly onCopy: (policy: string) => void;
}

export function RequiredAccess(props: RequiredAccessProps) {
	const { form, intervalSeconds, lists, accountId, onCopy } = props;
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
			<h2>What it needs and costs on AWS</h2>
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
				<h3 id="policy">The least an IAM policy has to allow</h3>
				<Button name="Copy policy" icon="copy" onClick={() => onCopy(text)} />
			</div>
			<pre>{escapedText(text)}</pre>
			<p class="hint">
				{open.length > 0 &&
					`* stands for any ${open.join(", any ")}: a policy names them by id. Put the ids there to allow less; looking the names up does it for all but the account. `}
				Add kms:Decrypt if the configuration is encrypted with a key of your
				own.
			</p>
		</section>
	);
}
