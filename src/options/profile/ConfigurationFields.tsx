import type { Connection } from "../../core/connection/connection.ts";
import {
	controlPlaneUrl,
	isRegion,
	parseEndpoint,
} from "../../core/connection/endpoint.ts";
import type {
	Resource,
	ResourceListing,
} from "../../core/protocol/control-plane.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { usePlatform } from "../../ui/background-client/context.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { Field, type FieldProps, type FieldText } from "../form/Field.tsx";
import {
	CONNECTION,
	CONTEXT,
	ENDPOINT,
	FLAGS,
	IDENTIFIERS,
	INTERVAL,
	NAME,
	type ProfileForm,
	type ProfileFormState,
	REGION,
} from "../form/profile-form.ts";
import { endpointsOf, REGIONS } from "./regions.ts";
import type { ResourceLookup } from "./use-resource-lookup.ts";

/** For connections, as long as no Region is typed. */
const DEFAULT_REGION = "us-east-1";

export interface ConfigurationFieldsProps {
	readonly state: ProfileFormState;
	readonly connections: readonly Connection[];
	readonly lookup: ResourceLookup;
}

export function ConfigurationFields(props: ConfigurationFieldsProps) {
	const { state, connections, lookup } = props;
	const field = (
		text: FieldText<keyof ProfileForm>,
		more?: Partial<FieldProps>,
	) => (
		<Field
			key={text.field}
			text={text}
			value={state.form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) => state.set({ [text.field]: value })}
			{...more}
		/>
	);
	const chosen = connections.find(({ id }) => id === state.form.connection);
	const isAgent = chosen?.kind === "agent";
	return (
		<>
			<fieldset>
				<legend>Configuration</legend>
				<p class="hint">
					Enter the ID or the name that each of the three has in AWS AppConfig.
					Paste an ARN, a console URL or the CLI command
					start-configuration-session into one of the fields to fill in all that
					it names.
				</p>
				{field(NAME)}
				{IDENTIFIERS.map((text) =>
					field(text, listProps(lookup, LIST_OF_FIELD[text.field])),
				)}
				{!isAgent && (
					<LookUp
						lookup={lookup}
						region={state.form.region.trim() || (chosen ? DEFAULT_REGION : "")}
						endpoint={
							chosen?.kind === "endpoint"
								? chosen.endpoint
								: state.form.endpoint.trim()
						}
					/>
				)}
			</fieldset>
			<fieldset>
				<legend>Service</legend>
				{(connections.length > 0 || state.form.connection) &&
					field(CONNECTION, { choices: choicesOf(connections, state.form) })}
				{!isAgent && field(REGION, { list: "regions" })}
				{!isAgent &&
					chosen?.kind !== "endpoint" &&
					field(ENDPOINT, { list: "endpoints" })}
				{isAgent && field(CONTEXT, { rows: 3 })}
				{isAgent && field(FLAGS)}
				{field(INTERVAL)}
				<datalist id="regions">
					{REGIONS.map((region) => (
						<option key={region} value={region} />
					))}
				</datalist>
				<datalist id="endpoints">
					{endpointsOf(state.form.region.trim()).map(([url, words]) => (
						<option key={url} value={url}>
							{words}
						</option>
					))}
				</datalist>
			</fieldset>
		</>
	);
}

/** A field without a list is a plain text field. */
function listProps(
	{ lists }: ResourceLookup,
	list: ResourceListing,
): Partial<FieldProps> {
	return lists[list] ? { list } : {};
}

function choicesOf(
	connections: readonly Connection[],
	{ connection }: { readonly connection: string },
) {
	const isKnown = connections.some(({ id }) => id === connection);
	return [
		{ value: "", name: "None (use the endpoint and keys below)" },
		...connections.map(({ id, name }) => ({ value: id, name })),
		...(connection && !isKnown
			? [{ value: connection, name: "Deleted connection" }]
			: []),
	];
}

/** The ids of the lists by their fields. */
const LIST_OF_FIELD = {
	application: "applications",
	environment: "environments",
	configurationProfile: "configurationprofiles",
} as const;

interface LookUpProps {
	readonly lookup: ResourceLookup;
	readonly region: string;
	/** As typed, or of the connection; empty: AWS. */
	readonly endpoint: string;
}

function LookUp(props: LookUpProps) {
	const { lookup, region, endpoint } = props;
	const { lists, problem, isBusy, start } = lookup;
	const platform = usePlatform();
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
				title="List applications, environments and configuration profiles"
				onClick={onLookUp}
			/>
			<p aria-live="polite" class={problem && !isBusy ? "error" : "hint"}>
				{!isBusy && (
					<ForeignText
						text={problem || (applications ? summaryOf(lists) : HINT)}
					/>
				)}
			</p>
			{Object.values(LIST_OF_FIELD).map((id) => (
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
	"Needs appconfig:ListApplications, ListEnvironments and ListConfigurationProfiles. You can also type the names.";

function summaryOf(lists: ResourceLookup["lists"]): string {
	const { applications = [], environments, configurationprofiles } = lists;
	if (!environments || !configurationprofiles)
		return `${applications.length} ${applications.length === 1 ? "application" : "applications"} found. Choose one in its field.`;
	return `${environments.length} environments and ${configurationprofiles.length} configuration profiles found. Choose them in their fields.`;
}

function describe({ id, type, description }: Resource): string {
	return [id, type?.replace("AWS.", ""), description]
		.filter(Boolean)
		.join(" · ");
}

/** `undefined` for a custom endpoint, which serves the control plane as well and is requested when the profile is saved. */
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
