/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of a message list, and what may narrow it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MODEL_SORT_RECEIVED,
  MODEL_SORT_DATE,
  MODEL_SORT_FROM,
  MODEL_SORT_TO,
  MODEL_SORT_SUBJECT,
  MODEL_SORT_SIZE,
} ModelSort;

typedef enum
{
  MODEL_FILTER_ALL,
  MODEL_FILTER_UNREAD,
  MODEL_FILTER_FLAGGED,
  MODEL_FILTER_ATTACHMENT,
} ModelFilter;

G_END_DECLS
