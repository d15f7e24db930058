//! Fits linear models with L-BFGS: a listwise ranker (softmax over the candidates of a question) and a logistic model.

use anyhow::Result;
use argmin::core::{CostFunction, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

/// Rows of one question: standardised features, and whether each row is right.
pub struct Rows {
    pub features: Vec<Vec<f64>>,
    pub hit: Vec<bool>,
}

/// Negative log share of the right rows in the softmax over each question's rows, with an L2 penalty (Cao et al. 2007).
pub struct Ranking<'a> {
    pub questions: Vec<&'a Rows>,
    pub penalty: f64,
}

/// Weighted logistic loss with soft targets; the last weight is the constant and is not penalised.
pub struct Logistic {
    /// Features, target, weight of each row.
    pub rows: Vec<(Vec<f64>, f64, f64)>,
    pub penalty: f64,
}

pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

trait Loss {
    /// Loss and gradient.
    fn at(&self, weights: &[f64]) -> (f64, Vec<f64>);
}

impl Loss for Ranking<'_> {
    fn at(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let mut loss = self.penalty / 2.0 * dot(weights, weights);
        let mut gradient = weights.iter().map(|weight| weight * self.penalty).collect::<Vec<_>>();
        for rows in &self.questions {
            let scores = rows.features.iter().map(|row| dot(row, weights)).collect::<Vec<_>>();
            let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let shares = scores.iter().map(|score| (score - top).exp()).collect::<Vec<_>>();
            let all = shares.iter().sum::<f64>();
            let right = shares.iter().zip(&rows.hit).filter(|(_, hit)| **hit).map(|(share, _)| share).sum::<f64>().max(1e-300);
            loss += all.ln() - right.ln();
            for ((row, share), &hit) in rows.features.iter().zip(&shares).zip(&rows.hit) {
                let pull = share / all - if hit { share / right } else { 0.0 };
                gradient.iter_mut().zip(row).for_each(|(sum, value)| *sum += pull * value);
            }
        }
        (loss, gradient)
    }
}

impl Loss for Logistic {
    fn at(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let (constant, own) = weights.split_last().unwrap();
        let mut loss = self.penalty / 2.0 * dot(own, own);
        let mut gradient = own.iter().map(|weight| weight * self.penalty).collect::<Vec<_>>();
        let mut constant_gradient = 0.0;
        for (row, target, weight) in &self.rows {
            let score = dot(row, own) + constant;
            loss += weight * (score.max(0.0) + (-score.abs()).exp().ln_1p() - target * score);
            let pull = weight * (sigmoid(score) - target);
            gradient.iter_mut().zip(row).for_each(|(sum, value)| *sum += pull * value);
            constant_gradient += pull;
        }
        gradient.push(constant_gradient);
        (loss, gradient)
    }
}

struct Problem<L>(L);

impl<L: Loss> CostFunction for Problem<L> {
    type Param = Vec<f64>;
    type Output = f64;
    fn cost(&self, weights: &Vec<f64>) -> Result<f64> {
        Ok(self.0.at(weights).0)
    }
}

impl<L: Loss> Gradient for Problem<L> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;
    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>> {
        Ok(self.0.at(weights).1)
    }
}

fn minimise<L: Loss>(loss: L, start: Vec<f64>) -> Result<Vec<f64>> {
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 8).with_tolerance_grad(1e-2)?.with_tolerance_cost(1e-9)?;
    let done = Executor::new(Problem(loss), solver).configure(|state| state.param(start).max_iters(200)).run()?;
    Ok(done.state().get_best_param().unwrap().clone())
}

/// Weights of the ranker.
pub fn ranker(questions: Vec<&Rows>, penalty: f64, start: Vec<f64>) -> Result<Vec<f64>> {
    minimise(Ranking { questions, penalty }, start)
}

/// Weights of a logistic model, the constant last.
pub fn logistic(rows: Vec<(Vec<f64>, f64, f64)>, penalty: f64) -> Result<Vec<f64>> {
    let width = rows.first().map_or(0, |row| row.0.len());
    minimise(Logistic { rows, penalty }, vec![0.0; width + 1])
}
