import { useState } from "preact/hooks";
import type { Connection } from "../../core/connection/connection.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { usePlatform, useRemote } from "../../ui/background-client/context.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { lazy, useLoad } from "../../ui/components/lazy.tsx";
import { useAnnounce } from "../../ui/components/status.tsx";
import { Confirm } from "../form/Confirm.tsx";
import { withoutSecrets } from "../form/draft.ts";
import { toKeyFields } from "../form/key-fields.ts";
import {
	nameFields,
	PROFILE_FORM,
	type ProfileForm,
	type ProfileFormState,
	toProfileForm,
} from "../form/profile-form.ts";
import { copyRoute, navigate } from "../form/route.ts";
import { useForm } from "../form/use-form.ts";
import { CredentialFields } from "../keys/CredentialFields.tsx";
import { useKeyPaste } from "../keys/PasteBox.tsx";
import { ConfigurationFields } from "./ConfigurationFields.tsx";
import { isBilled, takesKeys } from "./cost.ts";
import { createProfileActions } from "./save-profile.ts";
import { useConfigurationPaste } from "./use-configuration-paste.ts";
import { useResourceLookup } from "./use-resource-lookup.ts";

export interface ProfileEditorProps {
	/** The draft's key. */
	readonly route: string;
	/** The saved profile; absent for a new one. */
	readonly entry: ProfileSnapshot | undefined;
	readonly initial: ProfileForm;
	readonly connections: readonly Connection[];
	/** The ids of the AWS accounts of connections, where they are known. */
	readonly accounts: ReadonlyMap<string, string>;
}

const RequiredAccess = lazy(
	() => import("./RequiredAccess.tsx"),
	"RequiredAccess",
);
const Usage = lazy(() => import("./RequiredAccess.tsx"), "Usage");
const Share = lazy(() => import("../share/Share.tsx"), "Share");

export function ProfileEditor(props: ProfileEditorProps) {
	const { route, entry, initial, connections, accounts } = props;
	const remote = useRemote();
	const platform = usePlatform();
	const announce = useAnnounce();
	const state = useForm(PROFILE_FORM, route, initial);
	const { submit, forgetKeys, remove } = createProfileActions(
		{ remote, platform, connections, announce },
		state,
		entry,
	);
	const { connection, endpoint } = state.form;
	const isOpen = !connection && takesKeys(endpoint);
	const lookup = useResourceLookup(state.form, entry?.profile.id);
	const onPaste = useConfigurationPaste(state);
	const paste = useKeyPaste((pasted) => {
		const fields = toKeyFields(pasted);
		state.set(fields);
		announce(`Filled in: ${nameFields(fields)}.`);
	});
	const onSubmit = (event: Event) => {
		event.preventDefault();
		// Keys that were typed before the endpoint are not for it.
		void submit(isOpen ? state.form : withoutSecrets(state.form, PROFILE_FORM));
	};
	return (
		<form noValidate autocomplete="off" onSubmit={onSubmit} onPaste={onPaste}>
			<ConfigurationFields
				state={state}
				connections={connections}
				lookup={lookup}
			/>
			{!connection && (
				<CredentialFields
					fields={state.form}
					errors={state.errors}
					onInput={state.set}
					entry={entry}
					isOpen={isOpen}
					onForget={forgetKeys}
					paste={paste}
				/>
			)}
			<SubmitRow
				state={state}
				entry={entry}
				connections={connections}
				onDelete={remove}
			/>
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
					lists={lookup.lists}
					accountId={accounts.get(connection)}
				/>
			)}
		</form>
	);
}

interface SubmitRowProps {
	readonly state: ProfileFormState;
	readonly entry: ProfileSnapshot | undefined;
	readonly connections: readonly Connection[];
	readonly onDelete: () => void;
}

function SubmitRow(props: SubmitRowProps) {
	const { state, entry, onDelete, connections } = props;
	const [isSharing, setSharing] = useState(false);
	const load = useLoad();
	return (
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
						onClick={() => navigate(copyRoute(entry.profile.id))}
					/>
					<Button
						name="Share"
						onClick={() => load(Share, () => setSharing(true))}
					/>
					{isSharing && (
						<Share
							profile={entry.profile}
							connections={connections}
							onClose={() => setSharing(false)}
						/>
					)}
					<Confirm
						name="Delete profile"
						question={deleteQuestion(entry)}
						onConfirm={onDelete}
					/>
				</>
			)}
		</div>
	);
}

function deleteQuestion({ profile, versionCount }: ProfileSnapshot): string {
	const history = versionCount === 1 ? "1 version" : `${versionCount} versions`;
	return `Delete ${profile.name} with its keys and ${history}?`;
}

function isOnAws(
	{ connection, endpoint }: ProfileForm,
	connections: readonly Connection[],
): boolean {
	const kind = connections.find(({ id }) => id === connection)?.kind;
	return isBilled(endpoint, kind);
}

/** The interval as typed; otherwise the one the service asked for last. */
function intervalOf(
	form: ProfileForm,
	entry: ProfileSnapshot | undefined,
): number {
	const typed = Number(form.minimumPollIntervalSeconds);
	return typed >= 15 ? typed : (entry?.intervalSeconds ?? 60);
}
