// The form of one profile, saved or new.
import type { Connection } from "../../core/connection/connection.ts";
import { type ProfileForm, toProfileForm } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { lazy } from "../../ui/components/lazy.tsx";
import type { Announce } from "../../ui/components/status.tsx";
import { copyText } from "../../ui/copy/clipboard.ts";
import { withoutSecrets } from "../draft.ts";
import { CredentialFields } from "../keys/CredentialFields.tsx";
import { useKeyPaste } from "../keys/use-key-paste.ts";
import { SubmitRow } from "../SubmitRow.tsx";
import { useForm } from "../use-form.ts";
import { ConfigurationFields } from "./ConfigurationFields.tsx";
import { isBilled, takesKeys } from "./cost.ts";
import { createEditor } from "./editor.ts";
import { nameFields, toKeyFields } from "./paste.ts";
import { PROFILE_FORM } from "./profile-form.ts";
import type { SaveOptions } from "./save.ts";
import { useConfigurationPaste } from "./use-paste.ts";
import { useResourceLookup } from "./use-resources.ts";

export interface ProfileEditorProps extends SaveOptions {
	/** The draft's key. */
	readonly route: string;
	/** The saved profile; absent for a new one. */
	readonly entry: ProfileSnapshot | undefined;
	readonly initial: ProfileForm;
	/** Account ids, by the connections that they are known of. */
	readonly accounts: ReadonlyMap<string, string>;
	readonly say: Announce;
}

const RequiredAccess = lazy(
	() => import("./RequiredAccess.tsx"),
	"RequiredAccess",
);
const Usage = lazy(() => import("./Usage.tsx"), "Usage");

export function ProfileEditor(props: ProfileEditorProps) {
	const { route, entry, initial, say, connections } = props;
	const state = useForm(PROFILE_FORM, route, initial);
	const { submit, forgetKeys, remove } = createEditor(props, state, entry);
	const { connection, endpoint } = state.form;
	const isOpen = !connection && takesKeys(endpoint);
	const resources = useResourceLookup(
		props.remote,
		state.form,
		entry?.profile.id,
	);
	const onPaste = useConfigurationPaste(state, say);
	const paste = useKeyPaste((pasted) => {
		const fields = toKeyFields(pasted);
		for (const [field, value] of Object.entries(fields))
			state.set(field as keyof ProfileForm, value);
		say(`Filled in: ${nameFields(fields)}.`);
	});
	const onSubmit = (event: Event) => {
		event.preventDefault();
		// Keys typed before the endpoint was are not for it.
		void submit(isOpen ? state.form : withoutSecrets(state.form, PROFILE_FORM));
	};
	return (
		<form noValidate autocomplete="off" onSubmit={onSubmit} onPaste={onPaste}>
			<ConfigurationFields
				state={state}
				connections={connections}
				resources={resources}
				platform={props.platform}
			/>
			{!connection && (
				<CredentialFields
					state={state}
					entry={entry}
					isOpen={isOpen}
					onForget={forgetKeys}
					paste={paste}
				/>
			)}
			<SubmitRow {...{ state, entry, connections, say }} onDelete={remove} />
			{entry && (
				<Usage
					entry={entry}
					isCharged={isOnAws(toProfileForm(entry.profile), connections)}
				/>
			)}
			{isOnAws(state.form, connections) && (
				<RequiredAccess
					form={state.form}
					intervalSeconds={intervalOf(state.form, entry)}
					lists={resources.lists}
					accountId={props.accounts.get(connection)}
					onCopy={(text) => void copyText(text, "the policy", say)}
				/>
			)}
		</form>
	);
}

function isOnAws(
	{ connection, endpoint }: ProfileForm,
	connections: readonly Connection[],
): boolean {
	const kind = connections.find(({ id }) => id === connection)?.kind;
	return isBilled(endpoint, kind);
}

// As typed; else as the service said last.
function intervalOf(
	form: ProfileForm,
	entry: ProfileSnapshot | undefined,
): number {
	const typed = Number(form.minimumPollIntervalSeconds);
	return typed >= 15 ? typed : (entry?.intervalSeconds ?? 60);
}
