/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass did, and what servers refused in it: as a document, and as lines for people. */
#pragma once

#include "cli-session.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *reports;   /* of SyncReport, one an account */
  GPtrArray *refusals;  /* of StoreRefusal: of these accounts, newest first, no older than the pass */
} CliReport;

void cli_report_free (CliReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliReport, cli_report_free)

/* cli_report_find_last_refusal: the highest id there is; 0 when nothing was ever refused. To be asked before the pass. */
gint64 cli_report_find_last_refusal (CliSession *session, GPtrArray *ids);

/**
 * cli_report_new:
 * @reports: (transfer full): of SyncReport
 * @last_refusal: what cli_report_find_last_refusal () said before the pass
 */
CliReport *cli_report_new (CliSession *session, GPtrArray *reports, gint64 last_refusal);

/* cli_report_judge: nothing was done for any account: failed. Something was, and something failed or was refused: partly. */
CliStatus cli_report_judge (const CliReport *self);

/* cli_report_print: one JSON document, ended by a newline, or lines; written out at once */
void cli_report_print (const CliReport *self, CliSession *session);

G_END_DECLS
