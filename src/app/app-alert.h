/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question that must be answered before something that cannot be undone. The one place that knows which dialog this libadwaita has. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  APP_ALERT_PLAIN,
  APP_ALERT_SUGGESTED,
  APP_ALERT_DESTRUCTIVE,
} AppAlertLook;

typedef struct
{
  const char *id;      /* "cancel" is what Esc and closing answer */
  const char *label;   /* translated, with a mnemonic; copied */
  AppAlertLook look;
} AppAlertChoice;

/**
 * AppAlertFunc:
 * @choice: the id that was chosen; "cancel" when the dialog was closed
 */
typedef void (*AppAlertFunc) (const char *choice, gpointer data);

/**
 * app_alert_present:
 * @heading, @body: translated, plain text
 * @choices: in the order they are shown; the first is the default, so let it be the harmless one
 * @func: (nullable): called exactly once in the main thread
 * @data_free: (nullable): called after @func, and also when the parent goes before an answer came
 */
void app_alert_present (GtkWindow *parent, const char *heading, const char *body, const AppAlertChoice *choices, gsize n_choices,
                        AppAlertFunc func, gpointer data, GDestroyNotify data_free);

G_END_DECLS
