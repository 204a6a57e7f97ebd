// That credentials end soon which nobody renews: said in the last five minutes, with the way to give others.
import { WARN_MS } from "../core/connection/lease.ts";
import type { Profile } from "../core/profile.ts";
import { Button } from "./Button.tsx";
import { connectionRoute } from "./connection-route.ts";
import { duration } from "./countdown.ts";
import type { Platform } from "./platform.ts";
import { useNow } from "./use-now.ts";

export interface EndingProps {
	/** Epoch ms. */
	readonly at: number;
	readonly profile: Profile;
	readonly platform: Platform;
}

export function Ending({ at, profile, platform }: EndingProps) {
	const left = at - useNow(at);
	const { connection } = profile;
	if (left > WARN_MS || left <= 0 || !connection) return null;
	return (
		<div class="bar warn">
			<div class="message">
				<strong>The credentials end in {duration(left)}.</strong> Give new ones
				in time and polling goes on without a break.
			</div>
			<Button
				name="Open connection"
				kind="primary"
				onClick={() => platform.openOptions(connectionRoute(connection))}
			/>
		</div>
	);
}
