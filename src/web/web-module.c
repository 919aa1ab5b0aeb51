/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module's one symbol. */
#include "base-config.h"
#include "web-editor.h"
#include "web-pdf.h"
#include "web-view.h"

G_MODULE_EXPORT const WebApi *posthorn_web_get_api (void);

G_MODULE_EXPORT const WebApi *
posthorn_web_get_api (void)
{
  static const WebApi api = {
    .version = POSTHORN_VERSION,
    .new_view = web_view_new,
    .show = web_view_show,
    .set_zoom = web_view_set_zoom,
    .find = web_view_find,
    .select_all = web_view_select_all,
    .copy = web_view_copy,
    .print = web_view_print,
    .save_pdf_async = web_pdf_save_async,
    .save_pdf_finish = web_pdf_save_finish,
    .snapshot_async = web_view_snapshot_async,
    .snapshot_finish = web_view_snapshot_finish,
    .new_editor = web_editor_new,
    .check_spelling = web_editor_check_spelling,
    .edit = web_editor_show,
    .command = web_editor_command,
    .link = web_editor_link,
    .insert_picture = web_editor_insert_picture,
    .paste = web_editor_paste,
    .swap_signature = web_editor_swap_signature,
    .read_async = web_editor_read_async,
    .read_finish = web_editor_read_finish,
  };

  return &api;
}
