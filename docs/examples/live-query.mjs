// Lists that keep themselves up to date: TanStack Query holds them, the change feed says which are stale, and while there
// is no stream they are asked for again and again.
//
//   const live = follow(queryClient, new EventSource("/api/v1/events"));
//   new QueryObserver(queryClient, live.options({queryKey: ["tasks"], queryFn: ...}))

/** Which queries a frame makes stale, by the first word of their key: `tasks`, `sprints`, `projects`. */
export function staleKeys(frame) {
  const kinds = {task: "tasks", sprint: "sprints", project: "projects"};
  return [...new Set(frame.changes.map((change) => kinds[change.type.split(".")[0]]))];
}

/** Invalidates queries as frames come. `pollEvery` milliseconds while the stream is away. */
export function follow(queryClient, eventSource, {pollEvery = 5000} = {}) {
  let streaming = false;
  const invalidate = (key) => queryClient.invalidateQueries(key ? {queryKey: [key]} : {});
  eventSource.addEventListener("hello", () => {
    // What changed before the first hello, or is older than what the stream can still tell, is not known: ask once.
    streaming = true;
    invalidate();
  });
  eventSource.addEventListener("change", (event) => staleKeys(JSON.parse(event.data)).forEach(invalidate));
  eventSource.addEventListener("reset", () => invalidate());
  eventSource.addEventListener("error", () => {
    streaming = false;
    invalidate();
  });
  return {
    isStreaming: () => streaming,
    options: (options) => ({...options, refetchInterval: () => (streaming ? false : pollEvery)}),
    close: () => eventSource.close(),
  };
}
