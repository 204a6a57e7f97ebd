// Which account and role of the Identity Center: fetched after signing in, chosen here.
import { useEffect, useState } from "preact/hooks";
import type { IdentityCenterConnection } from "../../core/connection/connection.ts";
import type { Account } from "../../core/connection/credential-sources.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { refusalMessage } from "../../ui/deployments/refusal-messages.ts";
import { Field } from "../Field.tsx";

export interface RoleChooserProps {
	readonly connection: IdentityCenterConnection;
	readonly remote: Remote;
	readonly say: (text: string) => void;
}

export function RoleChooser({ connection, remote, say }: RoleChooserProps) {
	const { id } = connection;
	const [accountId, setAccountId] = useState(connection.accountId ?? "");
	const accounts = useList<Account>(say, () => remote.listAccounts({ id }), id);
	const roles = useList<string>(
		say,
		() => (accountId ? remote.listRoles({ id, accountId }) : undefined),
		accountId,
	);
	const isOwn = accountId === connection.accountId;
	const choose = (roleName: string) => {
		if (!roleName) return;
		remote.chooseRole({ id, accountId, roleName }).then(
			() => say(`Calls are made as ${roleName}.`),
			(error: Error) => say(error.message),
		);
	};
	return (
		<div class="chooser">
			<Field
				text={{ field: "accountId", name: "Account" }}
				value={accountId}
				error={undefined}
				onInput={setAccountId}
				choices={[
					{ value: "", name: accounts ? "Choose an account" : "Loading…" },
					...(accounts ?? []).map((account) => ({
						value: account.accountId,
						name: `${account.name} (${account.accountId})`,
					})),
				]}
			/>
			{accountId && (
				<Field
					text={{ field: "roleName", name: "Role" }}
					value={isOwn ? (connection.roleName ?? "") : ""}
					error={undefined}
					onInput={choose}
					choices={[
						{ value: "", name: roles ? "Choose a role" : "Loading…" },
						...(roles ?? []).map((name) => ({ value: name, name })),
					]}
				/>
			)}
		</div>
	);
}

type Listed<T> =
	ReturnType<Remote["listAccounts"]> extends Promise<infer R>
		? Promise<
				| Extract<R, { ok: false }>
				| { readonly ok: true; readonly value: readonly T[] }
			>
		: never;

// `undefined` until the answer is there; one that comes too late is not taken.
function useList<T>(
	say: (text: string) => void,
	load: () => Listed<T> | undefined,
	key: string,
): readonly T[] | undefined {
	const [list, setList] = useState<readonly T[]>();
	useEffect(() => {
		let isCurrent = true;
		setList(undefined);
		load()?.then(
			(result) => {
				if (!isCurrent) return;
				setList(result.ok ? result.value : []);
				if (!result.ok) say(refusalMessage(result.error));
			},
			(error: Error) => say(error.message),
		);
		return () => {
			isCurrent = false;
		};
	}, [key]);
	return list;
}
