// Signing in to IAM Identity Center, step by step, and out again.

import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import type { ConnectionActions } from "./connection-actions.ts";

export interface SignInStepsProps {
	readonly entry: ConnectionSnapshot;
	readonly actions: ConnectionActions;
}

export function SignInSteps({ entry, actions }: SignInStepsProps) {
	const { signIn, hasSecret } = entry;
	if (signIn)
		return (
			<div class="steps">
				{signIn.method === "device" ? (
					<p>
						Check that the tab shows{" "}
						<code class="code">
							<ForeignText text={signIn.userCode} />
						</code>
						, then allow it there. It has gone?{" "}
						<a href={signIn.verificationUrl} target="_blank" rel="noreferrer">
							Open it again
						</a>
						.
					</p>
				) : (
					<p>
						Sign in in the tab that has opened and allow AppConfig Inspector.
						The tab closes by itself.
					</p>
				)}
				<Button name="Cancel sign-in" onClick={actions.cancel} />
			</div>
		);
	if (hasSecret) return <Button name="Sign out" onClick={actions.signOut} />;
	return (
		<div class="choices">
			<Button
				name="Sign in"
				kind="primary"
				onClick={() => actions.signIn("browser")}
			/>
			<Button
				name="Sign in with a code"
				title="Where the browser's way does not work: a code to compare in another tab"
				onClick={() => actions.signIn("device")}
			/>
		</div>
	);
}
