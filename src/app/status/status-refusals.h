/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that lists what one account's server refused, and why. */
#pragma once

#include <adwaita.h>

#include "account.h"
#include "model-refusals.h"

G_BEGIN_DECLS

#define STATUS_TYPE_REFUSALS (status_refusals_get_type ())
G_DECLARE_FINAL_TYPE (StatusRefusals, status_refusals, STATUS, REFUSALS, AdwWindow)

GtkWindow *status_refusals_new (GtkWindow *parent, ModelRefusals *refusals, Account *account);

G_END_DECLS
