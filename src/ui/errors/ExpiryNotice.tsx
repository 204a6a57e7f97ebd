// That credentials end soon which nobody renews: said in the last five minutes, with the way to give others.
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Platform } from "../background-client/platform.ts";
import { Button } from "../components/Button.tsx";
import { connectionRoute } from "../components/connection-route.ts";
import { useNow } from "../hooks/use-now.ts";
import { duration, EXPIRY_WARNING_MS } from "../inspector/countdown.ts";

export interface ExpiryNoticeProps {
	readonly profile: ProfileSnapshot;
	readonly platform: Platform;
}

export function ExpiryNotice({ profile, platform }: ExpiryNoticeProps) {
	const { credentialsExpireAt = 0 } = profile;
	const { id, connection } = profile.profile;
	const left = credentialsExpireAt - useNow(credentialsExpireAt);
	if (left > EXPIRY_WARNING_MS || left <= 0) return null;
	return (
		<div class="bar warn">
			<div class="message">
				<strong>The credentials end in {duration(left)}.</strong> Enter new ones
				before then to keep polling.
			</div>
			<Button
				name={connection ? "Open connection" : "Enter credentials"}
				kind="primary"
				onClick={() =>
					platform.openOptions(connection ? connectionRoute(connection) : id)
				}
			/>
		</div>
	);
}
