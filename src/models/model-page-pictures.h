/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that stand in a page itself, made parts of the message: many programs show nothing else. Any thread. */
#pragma once

#include "mime-draft.h"

G_BEGIN_DECLS

/* model_page_pictures_take: @value: with clean HTML (html_clean (), %HTML_CLEAN_TO_WRITE): each "data:" picture of PNG, JPEG, GIF or WebP
 * becomes a picture of @value, and "cid:" stands in its place; the same one comes once. Of a page at most 500. */
void model_page_pictures_take (MimeDraft *value);

G_END_DECLS
