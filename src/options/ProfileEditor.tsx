// The form of one profile, saved or new.
import { mayCarryCredentials, parseEndpoint } from "../core/endpoint.ts";
import type { ProfileForm } from "../core/profile.ts";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "../ui/Button.tsx";
import { put } from "../ui/use-copy.ts";
import { CredentialFields } from "./CredentialFields.tsx";
import { DeleteProfile } from "./DeleteProfile.tsx";
import { Field } from "./Field.tsx";
import {
	ENDPOINT,
	type FieldText,
	IDENTIFIERS,
	INTERVAL,
	NAME,
	REGION,
} from "./fields.ts";
import { Needs } from "./Needs.tsx";
import { REGIONS } from "./regions.ts";
import { copyRoute, go } from "./route.ts";
import { type SaveOptions, save } from "./save.ts";
import { useForm } from "./use-form.ts";

export interface ProfileEditorProps extends SaveOptions {
	/** The draft's key. */
	readonly route: string;
	/** The saved profile; absent for a new one. */
	readonly entry: ProfileSnapshot | undefined;
	readonly initial: ProfileForm;
}

export function ProfileEditor(props: ProfileEditorProps) {
	const { route, entry, initial, remote, say } = props;
	const state = useForm(route, initial);
	const id = entry?.profile.id;
	const isOpen = takesKeys(state.form.endpoint);
	const field = (text: FieldText, list?: string) => (
		<Field
			key={text.field}
			text={text}
			value={state.form[text.field]}
			error={state.errors[text.field]}
			onInput={(value) => state.set(text.field, value)}
			{...(list ? { list } : {})}
		/>
	);
	const submit = async (event: Event) => {
		event.preventDefault();
		const profile = state.check();
		if (!profile) return;
		const result = await save(props, { id, form: state.form, profile });
		if (!result.ok) return state.refuse(result.error);
		state.reset();
		go(result.value);
	};
	const forget = () => {
		if (!id) return;
		remote.forgetCredentials({ id }).then(
			() => say("The keys are forgotten."),
			(error: Error) => say(error.message),
		);
	};
	const remove = () => {
		if (!id) return;
		remote.deleteProfile({ id }).then(
			() => {
				state.reset();
				say(`Deleted ${entry.profile.name}.`);
				go("");
			},
			(error: Error) => say(error.message),
		);
	};
	return (
		<form
			noValidate
			autocomplete="off"
			onSubmit={(event) => void submit(event)}
		>
			<fieldset>
				<legend>Configuration</legend>
				<p class="hint">
					Each of the three identifiers is the id or the name that it has in AWS
					AppConfig.
				</p>
				{field(NAME)}
				{IDENTIFIERS.map((text) => field(text))}
			</fieldset>
			<fieldset>
				<legend>Service</legend>
				{field(REGION, "regions")}
				{field(ENDPOINT)}
				{field(INTERVAL)}
				<datalist id="regions">
					{REGIONS.map((region) => (
						<option key={region} value={region} />
					))}
				</datalist>
			</fieldset>
			<CredentialFields
				state={state}
				entry={entry}
				isOpen={isOpen}
				onForget={forget}
			/>
			<div class="submit">
				<button type="submit" class="button primary">
					Save profile
				</button>
				{state.isDraft && (
					<>
						<Button name="Discard changes" onClick={state.reset} />
						<span class="hint">Not saved yet; kept as a draft.</span>
					</>
				)}
				<span class="space" />
				{entry && (
					<>
						<Button
							name="Duplicate"
							onClick={() => go(copyRoute(entry.profile.id))}
						/>
						<DeleteProfile entry={entry} onDelete={remove} />
					</>
				)}
			</div>
			{isOpen && (
				<Needs
					form={state.form}
					intervalSeconds={intervalOf(state.form, entry)}
					onCopy={(text) => void put(text, "the policy", say)}
				/>
			)}
		</form>
	);
}

function takesKeys(typed: string): boolean {
	if (!typed.trim()) return true;
	const endpoint = parseEndpoint(typed);
	return endpoint.ok && mayCarryCredentials(endpoint.value);
}

// As typed; else as the service said last.
function intervalOf(
	form: ProfileForm,
	entry: ProfileSnapshot | undefined,
): number {
	const typed = Number(form.minimumPollIntervalSeconds);
	return typed >= 15 ? typed : (entry?.intervalSeconds ?? 60);
}
