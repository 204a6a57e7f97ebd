// The three key fields: where keys go, how long they are kept, and when none are needed.
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatDuration } from "../../ui/components/age.ts";
import { Button } from "../../ui/components/Button.tsx";
import { EXPIRY_WARNING_MS } from "../../ui/errors/profile-status.ts";
import { useNow } from "../../ui/hooks/use-now.ts";
import { Field } from "../Field.tsx";
import { KEYS } from "../profile/fields.ts";
import type { ProfileFormState } from "../profile/profile-form.ts";
import { PasteBox } from "./PasteBox.tsx";
import type { KeyPaste } from "./use-key-paste.ts";

export interface CredentialFieldsProps {
	readonly state: ProfileFormState;
	readonly entry: ProfileSnapshot | undefined;
	/** Whether the endpoint as typed takes the user's keys. */
	readonly isOpen: boolean;
	readonly onForget: () => void;
	readonly paste: KeyPaste;
}

export function CredentialFields(props: CredentialFieldsProps) {
	const { state, entry, isOpen, onForget, paste } = props;
	const inUse = isOpen ? entry?.accessKeyHint : undefined;
	// Of a connection's keys when there is one.
	const endsAt = entry?.profile.connection
		? undefined
		: entry?.credentialsExpireAt;
	return (
		<fieldset disabled={!isOpen} onPaste={paste.onPaste}>
			<legend>Credentials</legend>
			<p class="hint">
				{isOpen
					? "Kept in memory until the browser closes, sent only to AWS, never shown again. Keys are never saved with a draft. Enter them last."
					: "This endpoint gets fixed dummy credentials: your own keys only ever go to https hosts of AWS."}
			</p>
			{inUse && (
				<div class="in-use">
					<p>
						In use: <code>{inUse}</code>
						{endsAt !== undefined && <Left endsAt={endsAt} />}. Leave the fields
						empty to keep them.
					</p>
					<Button name="Forget keys" onClick={onForget} />
				</div>
			)}
			{isOpen && <PasteBox paste={paste} />}
			{KEYS.map((text) => (
				<Field
					key={text.field}
					text={text}
					isSecret
					value={isOpen ? state.form[text.field] : ""}
					error={isOpen ? state.errors[text.field] : undefined}
					onInput={(value) => {
						state.set(text.field, value);
						// It was told of others.
						state.set("expiresAt", "");
					}}
				/>
			))}
		</fieldset>
	);
}

function Left({ endsAt }: { endsAt: number }) {
	const left = endsAt - useNow(endsAt);
	const words = left > 0 ? `expires in ${formatDuration(left)}` : "expired";
	return left > EXPIRY_WARNING_MS ? (
		<>, {words}</>
	) : (
		<>
			, <strong>{words}: paste new ones and save</strong>
		</>
	);
}
