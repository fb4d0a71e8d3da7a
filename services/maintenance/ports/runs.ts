/** One run of a job: it alone works until its lease ends, and whoever comes after goes on from what it kept. */
export interface Run<State> {
  /** What an earlier run kept when it could not come to its end. */
  readonly state: State | undefined;
  /** Keeps how far it came and renews the lease. False: another run took over, so this one is to stop. */
  keep(state: State): Promise<boolean>;
  /** The job is done, and the next run begins anew. */
  end(): Promise<void>;
  /** The next run goes on from what was kept. */
  pause(): Promise<void>;
}

export interface Runs {
  /** Undefined while another run has it. */
  take<State>(job: string): Promise<Run<State> | undefined>;
}
