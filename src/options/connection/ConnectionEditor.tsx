// The form of one connection, saved or new, with how it is doing above it.
import type { ConnectionKind } from "../../core/connection/connection.ts";
import {
	EMPTY_CONNECTION_FORM,
	toConnectionForm,
} from "../../core/connection/connection-form.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { Platform } from "../../ui/background-client/platform.ts";
import { Button } from "../../ui/components/Button.tsx";
import { Confirm } from "../Confirm.tsx";
import { useForm } from "../use-form.ts";
import { ConnectionFields } from "./ConnectionFields.tsx";
import { ConnectionStatus } from "./ConnectionStatus.tsx";
import { createConnectionEditor } from "./connection-editor.ts";
import { connectionFormOf } from "./connection-fields.ts";

export interface ConnectionEditorProps {
	/** The draft's key. */
	readonly route: string;
	/** The saved connection; absent for a new one. */
	readonly entry: ConnectionSnapshot | undefined;
	/** Of a new one. */
	readonly kind: ConnectionKind;
	readonly hasVault: boolean;
	readonly remote: Remote;
	readonly platform: Platform;
	readonly say: (text: string) => void;
}

export function ConnectionEditor(props: ConnectionEditorProps) {
	const { route, entry, kind, hasVault, say } = props;
	const saved = entry?.connection;
	const state = useForm(
		connectionFormOf(saved),
		route,
		saved ? toConnectionForm(saved) : { ...EMPTY_CONNECTION_FORM, kind },
	);
	const { submit, remove } = createConnectionEditor(props, state);
	const onSubmit = (event: Event) => {
		event.preventDefault();
		void submit();
	};
	return (
		<>
			{entry && <ConnectionStatus {...props} entry={entry} />}
			<form noValidate autocomplete="off" onSubmit={onSubmit}>
				<ConnectionFields {...{ state, entry, hasVault, say }} />
				<div class="submit">
					<button type="submit" class="button primary">
						Save connection
					</button>
					{state.isDraft && (
						<Button name="Discard changes" onClick={state.reset} />
					)}
					<span class="space" />
					{entry && (
						<Confirm
							name="Delete connection"
							question={`Delete ${entry.connection.name} and forget what it holds?`}
							onConfirm={remove}
						/>
					)}
				</div>
			</form>
		</>
	);
}
