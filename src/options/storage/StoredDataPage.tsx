import { useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import type {
	DamagedRecord,
	OrphanedHistory,
} from "../../core/shared/storage-problems.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { useRemote } from "../../ui/background-client/context.tsx";
import { saveFile } from "../../ui/background-client/platform.ts";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { formatSize } from "../../ui/components/format.ts";
import { useAnnounce } from "../../ui/components/status.tsx";
import { Confirm } from "../form/Confirm.tsx";
import { exportRecord, moveHistory } from "./stored-data.ts";

import "../more.css";

/** Unreadable records and histories without a profile, which are kept until the user deletes them. */
export function StoredDataPage({ snapshot }: { readonly snapshot: Snapshot }) {
	const { damaged = [], orphans = [] } = snapshot;
	const isStopped = damaged.some(({ area }) => area === "database");
	return (
		<>
			<h1>Stored data</h1>
			<section>
				<h2>Unreadable records</h2>
				{damaged.length === 0 ? (
					<p class="hint">All stored records can be read.</p>
				) : (
					<p class="hint">
						These records are damaged, or a newer version of the extension saved
						them. They are kept unchanged and not used.{" "}
						{!isStopped && "Everything else works without them."}
					</p>
				)}
				{damaged.map((record) => (
					<Damaged key={`${record.area} ${record.key}`} record={record} />
				))}
			</section>
			<section>
				<h2>Version histories without a profile</h2>
				{orphans.length === 0 ? (
					<p class="hint">Every stored version belongs to a profile.</p>
				) : (
					<p class="hint">
						The profile of these versions is no longer stored. Move them to a
						profile, or delete them.
					</p>
				)}
				{orphans.map((orphan) => (
					<Orphan
						key={orphan.id}
						orphan={orphan}
						profiles={snapshot.profiles}
					/>
				))}
			</section>
		</>
	);
}

function Damaged({ record }: { readonly record: DamagedRecord }) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { area, key, title } = record;
	const fail = (error: Error) => announce(error.message);
	const save = () =>
		void exportRecord(record).then(
			(text) => saveFile("damaged-record.json", text, "application/json"),
			fail,
		);
	const remove = () =>
		void remote
			.deleteDamaged({ area, key })
			.then(() => announce(`Deleted ${title}.`), fail);
	return (
		<div class="stored-record">
			<span>
				<ForeignText text={sentenceCase(title)} />{" "}
				<span class="hint">
					{record.isNewer ? "saved by a newer version" : "unreadable"} (
					<code>
						<ForeignText text={key} />
					</code>
					)
				</span>
			</span>
			{area !== "database" && <Button name="Export record" onClick={save} />}
			{area === "database" ? (
				<Confirm
					name="Delete the stored versions and start over"
					question="Delete all stored versions with their notes and pins for good? Profiles and connections stay, and the current configurations are downloaded again."
					onConfirm={remove}
				/>
			) : (
				<Confirm
					name="Delete record"
					question={`Delete ${title} for good?`}
					onConfirm={remove}
				/>
			)}
		</div>
	);
}

function sentenceCase(title: string): string {
	return title.charAt(0).toUpperCase() + title.slice(1);
}

interface OrphanProps {
	readonly orphan: OrphanedHistory;
	readonly profiles: readonly ProfileSnapshot[];
}

function Orphan({ orphan, profiles }: OrphanProps) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { id, versions, size, newestAt } = orphan;
	const [chosen, choose] = useState<ProfileId>();
	const to = profiles.find(({ profile }) => profile.id === chosen)?.profile;
	const fail = (error: Error) => announce(error.message);
	const move = () => {
		if (to) void moveHistory(remote, id, to.id).then(announce, fail);
	};
	const remove = () =>
		void remote
			.deleteOrphan({ id })
			.then(() => announce("Deleted the versions."), fail);
	return (
		<div class="stored-record">
			<span>
				{versions === 1 ? "1 version" : `${versions} versions`},{" "}
				{formatSize(size)}
				{newestAt !== undefined &&
					`, newest received ${new Date(newestAt).toLocaleString()}`}
			</span>
			<label>
				Move to{" "}
				<select
					value={chosen ?? ""}
					onChange={({ currentTarget }) =>
						choose(currentTarget.value as ProfileId)
					}
				>
					<option value="">Choose a profile</option>
					{profiles.map(({ profile }) => (
						<option key={profile.id} value={profile.id}>
							{escapeInvisible(profile.name)}
						</option>
					))}
				</select>
			</label>
			<Button name="Move versions" disabled={!to} onClick={move} />
			<Confirm
				name="Delete versions"
				question="Delete these versions for good?"
				onConfirm={remove}
			/>
		</div>
	);
}
