// Identifiers to choose from instead of typing them: a button, and lists that the fields offer once they are there.

import {
	controlPlaneUrl,
	isRegion,
	parseEndpoint,
} from "../../core/connection/endpoint.ts";
import type { Resource } from "../../core/protocol/control-plane.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import type { ResourceLookup } from "./use-resources.ts";

/** The ids of the lists, by the fields that offer them. */
export const OFFERS = {
	application: "applications",
	environment: "environments",
	configurationProfile: "configurationprofiles",
} as const;

export interface LookUpProps {
	readonly resources: ResourceLookup;
	readonly region: string;
	/** As typed, or of the connection; empty: AWS. */
	readonly endpoint: string;
	readonly platform: Platform;
}

export function LookUp(props: LookUpProps) {
	const { resources, region, endpoint, platform } = props;
	const { lists, problem, isBusy, start } = resources;
	const onLookUp = () => {
		const host = hostOfControlPlane(region, endpoint);
		// In the click itself: after an await the browser would not ask.
		const granted = host ? platform.requestHost?.(host) : undefined;
		if (!granted) return start();
		void granted.then(start, start);
	};
	const { applications } = lists;
	return (
		<div class="look-up">
			<Button
				name={isBusy ? "Looking up…" : "Look up names"}
				disabled={isBusy}
				title="Lists the applications, environments and configuration profiles there are"
				onClick={onLookUp}
			/>
			<p aria-live="polite" class={problem && !isBusy ? "error" : "hint"}>
				{!isBusy && (
					<ForeignText
						text={problem || (applications ? wordsOf(lists) : HINT)}
					/>
				)}
			</p>
			{Object.values(OFFERS).map((id) => (
				<datalist key={id} id={id}>
					{(lists[id] ?? []).map((resource) => (
						<option key={resource.id} value={resource.name}>
							{escapeInvisible(describe(resource))}
						</option>
					))}
				</datalist>
			))}
		</div>
	);
}

const HINT =
	"Needs appconfig:ListApplications, ListEnvironments and ListConfigurationProfiles; typing works without.";

function wordsOf(lists: ResourceLookup["lists"]): string {
	const { applications = [], environments, configurationprofiles } = lists;
	if (!environments || !configurationprofiles)
		return `${applications.length} ${applications.length === 1 ? "application" : "applications"}: choose one in its field.`;
	return `${environments.length} environments and ${configurationprofiles.length} configuration profiles: choose them in their fields.`;
}

function describe({ id, type, description }: Resource): string {
	return [id, type?.replace("AWS.", ""), description]
		.filter(Boolean)
		.join(" · ");
}

// A custom endpoint answers for the control plane as well, and is asked for with the profile.
function hostOfControlPlane(
	region: string,
	endpoint: string,
): string | undefined {
	if (!isRegion(region)) return undefined;
	const url = controlPlaneUrl(region, endpoint || undefined);
	return url === parseUrl(endpoint) ? undefined : `${url}/*`;
}

function parseUrl(endpoint: string): string | undefined {
	const parsed = parseEndpoint(endpoint);
	return parsed.ok ? parsed.value.url : undefined;
}
