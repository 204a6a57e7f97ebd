import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatDuration } from "../../ui/components/Age.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { EXPIRY_WARNING_MS } from "../../ui/errors/profile-status.ts";
import { useNow } from "../../ui/hooks/use-now.ts";
import { Field } from "../form/Field.tsx";
import { KEY_FIELDS, type KeyFields } from "../form/key-fields.ts";
import type { FieldErrors } from "../form/use-form.ts";
import { type KeyPaste, PasteBox } from "./PasteBox.tsx";

export interface CredentialFieldsProps {
	readonly fields: KeyFields;
	readonly errors: FieldErrors<KeyFields>;
	readonly onInput: (fields: Partial<KeyFields>) => void;
	readonly entry: ProfileSnapshot | undefined;
	/** Whether the endpoint, as typed, gets the user's keys. */
	readonly isOpen: boolean;
	readonly onForget: () => void;
	readonly paste: KeyPaste;
}

export function CredentialFields(props: CredentialFieldsProps) {
	const { fields, errors, onInput, entry, isOpen, onForget, paste } = props;
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
					: "This endpoint gets dummy credentials. Your own keys are only sent to https hosts of AWS."}
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
			{KEY_FIELDS.map((text) => (
				<Field
					key={text.field}
					text={text}
					isSecret
					value={isOpen ? fields[text.field] : ""}
					error={isOpen ? errors[text.field] : undefined}
					onInput={(value) =>
						// The expiry belongs to the pasted keys.
						onInput({ [text.field]: value, expiresAt: "" })
					}
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
