// The fields that say which configuration to ask for, how to get there, and how often.
import type { Connection } from "../../core/connection/connection.ts";
import type { ResourceListing } from "../../core/protocol/control-plane.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { Field, type FieldProps } from "../Field.tsx";
import {
	CONNECTION,
	CONTEXT,
	ENDPOINT,
	type FieldText,
	FLAGS,
	IDENTIFIERS,
	INTERVAL,
	NAME,
	REGION,
} from "./fields.ts";
import { LookUp, OFFERS } from "./LookUp.tsx";
import type { ProfileFormState } from "./profile-form.ts";
import { endpointsOf, REGIONS } from "./regions.ts";
import type { ResourceLookup } from "./use-resources.ts";

/** What a connection is asked in as long as no Region is typed. */
const DEFAULT_REGION = "us-east-1";

export interface ConfigurationFieldsProps {
	readonly state: ProfileFormState;
	readonly connections: readonly Connection[];
	readonly resources: ResourceLookup;
	readonly platform: Platform;
}

export function ConfigurationFields(props: ConfigurationFieldsProps) {
	const { state, connections, resources, platform } = props;
	const field = (text: FieldText, more?: Partial<FieldProps>) => (
		<Field
			key={text.field}
			text={text}
			value={state.form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) => state.set(text.field, value)}
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
					Each of the three identifiers is the id or the name that it has in AWS
					AppConfig. An ARN, a console address or the CLI line of
					start-configuration-session, pasted into one of them, fills in all it
					names.
				</p>
				{field(NAME)}
				{IDENTIFIERS.map((text) =>
					field(text, offered(resources, OFFERS[text.field])),
				)}
				{!isAgent && (
					<LookUp
						resources={resources}
						region={state.form.region.trim() || (chosen ? DEFAULT_REGION : "")}
						endpoint={
							chosen?.kind === "endpoint"
								? chosen.endpoint
								: state.form.endpoint.trim()
						}
						platform={platform}
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

// Once there is something to choose from: until then it is a plain field.
function offered(
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
		{ value: "", name: "None: the endpoint or keys below" },
		...connections.map(({ id, name }) => ({ value: id, name })),
		...(connection && !isKnown
			? [{ value: connection, name: "A connection that was deleted" }]
			: []),
	];
}
