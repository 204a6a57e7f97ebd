import { vi } from "vitest";
import type {
	CompareRequest,
	CompareResponse,
} from "../../src/ui/diff/messages.ts";

/** The compare worker in the page itself, for component tests: happy-dom has no workers. */
export async function createCompareWorkerInPage() {
	await import("../../src/ui/diff/compare-worker.ts");
	const handle = self.onmessage;
	self.onmessage = null;
	const workers: PageWorker[] = [];
	class PageWorker extends EventTarget {
		// happy-dom calls these handlers in dispatchEvent.
		onmessage: ((event: MessageEvent<CompareResponse>) => void) | null = null;
		onerror: ((event: ErrorEvent) => void) | null = null;
		isTerminated = false;
		async postMessage(data: CompareRequest): Promise<void> {
			await Promise.resolve();
			vi.stubGlobal("postMessage", (response: CompareResponse) =>
				this.respond(response),
			);
			handle?.call(self as never, new MessageEvent("message", { data }));
			vi.unstubAllGlobals();
		}
		respond(data: CompareResponse): void {
			if (this.isTerminated) return;
			this.dispatchEvent(new MessageEvent("message", { data }));
		}
		fail(message: string): void {
			this.dispatchEvent(new ErrorEvent("error", { message }));
		}
		terminate(): void {
			this.isTerminated = true;
		}
	}
	return {
		workers,
		start(): Worker {
			const worker = new PageWorker();
			workers.push(worker);
			return worker as unknown as Worker;
		},
	};
}
